import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { isAlive } from './child-process.js'

/** A process id alone may belong to another program after a crash or a reboot; with its birth it may not. */
export interface ProcessIdentity {
  readonly pid: number
  readonly birth: string
}

export async function ownIdentity(): Promise<ProcessIdentity> {
  return { pid: process.pid, birth: (await birthOf(process.pid)) ?? '' }
}

export async function isRunning({ pid, birth }: ProcessIdentity): Promise<boolean> {
  if (!isAlive(pid)) return false
  const now = await birthOf(pid)
  // A system that says nothing of births leaves us with the id.
  return now === null || birth === '' || now === birth
}

/** When the process began: on Linux in ticks of that boot, elsewhere as ps says. null: unknown. */
async function birthOf(pid: number): Promise<string | null> {
  try {
    const [stat, boot] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
    ])
    // The command, second of the fields, may itself hold spaces and brackets. Field 22 is the start.
    const start = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
    return `${boot.trim()} ${start}`
  } catch {
    return birthFromPs(pid)
  }
}

async function birthFromPs(pid: number): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)])
    return stdout.trim() || null
  } catch {
    return null
  }
}
