import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { isAlive } from './child-process.js'

/** After a crash or a reboot another program may have the process id, but not together with the start time. */
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
  // Where the system does not tell start times, the id has to do.
  return now === null || birth === '' || now === birth
}

/** Start time of the process: on Linux the boot and its ticks, elsewhere what ps prints. null: unknown. */
async function birthOf(pid: number): Promise<string | null> {
  try {
    const [stat, boot] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
    ])
    // The command, which is the second field, may contain spaces and brackets. Field 22 is the start time.
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
