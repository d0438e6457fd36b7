import { readdir, readFile, readlink } from 'node:fs/promises'
import { hasErrorCode } from '../../../src/errors.js'
import type { Platform } from '../../e2e/support/platform.js'

export type ServiceName = 'api' | 'worker' | 'temporal' | 'postgres'

const SIGNS: Readonly<Record<ServiceName, RegExp>> = {
  api: /dist\/src\/api\.js/,
  worker: /dist\/src\/worker\.js/,
  temporal: /server start-dev/,
  postgres: /postgres -D/,
}

/** The process of a service, a child of `npm start`; null: it is dead and not started again yet. */
export async function findService(platform: Platform, service: ServiceName): Promise<number | null> {
  for (const pid of await pids()) {
    if ((await parentOf(pid)) !== platform.process.pid) continue
    if (SIGNS[service].test(await commandOf(pid))) return pid
  }
  return null
}

/** A process and all its descendants: PostgreSQL has many. */
export async function familyOf(pid: number): Promise<number[]> {
  const parents = new Map<number, number>()
  for (const one of await pids()) parents.set(one, (await parentOf(one)) ?? 0)
  const isBelow = (one: number): boolean => {
    const parent = parents.get(one)
    return parent !== undefined && parent > 1 && (parent === pid || isBelow(parent))
  }
  return [pid, ...[...parents.keys()].filter(isBelow)]
}

/** All processes that belong to a data folder, found by their working folder or by the setting that they were given. */
export async function processesOf(dataDir: string): Promise<number[]> {
  const setting = `DATA_DIR=${dataDir}`
  const found = await Promise.all(
    (await pids()).map(async (pid) => {
      const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => '')
      const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')
      return cwd.startsWith(dataDir) || environment.split('\0').includes(setting) ? [pid] : []
    }),
  )
  return found.flat()
}

/** Sends a signal. Returns whether there was such a process. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name)
  } catch (error) {
    if (hasErrorCode(error, 'ESRCH')) return false
    throw error
  }
}

async function pids(): Promise<number[]> {
  return (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
}

async function parentOf(pid: number): Promise<number | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  // The command, the second of the fields, may itself contain spaces and brackets.
  return stat === null ? null : Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
}

async function commandOf(pid: number): Promise<string> {
  return (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ')
}

/** Stops a service, by default with its children. Returns what lets it go on. */
export async function freeze(platform: Platform, service: ServiceName, isAlone = false): Promise<() => void> {
  const pid = await findService(platform, service)
  if (pid === null) throw new Error(`there is no ${service}`)
  const all = isAlone ? [pid] : await familyOf(pid)
  for (const one of all) signal(one, 'SIGSTOP')
  return () => {
    for (const one of all) signal(one, 'SIGCONT')
  }
}
