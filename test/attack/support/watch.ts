import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'

/** One thing that the watched owner did. */
export interface Seen {
  readonly kind: 'get' | 'upload'
  readonly ms: number
  readonly fault: string | null
}

export interface Watch {
  readonly seen: Seen[]
  stop(): void
}

/** Starts the owner who is watched, in a process of its own. */
export function startWatch(apiUrl: string, key: string, clip: string): Watch {
  const seen: Seen[] = []
  const child: ChildProcess = fork(join(import.meta.dirname, '../victim.mjs'), [apiUrl, key, clip])
  child.on('message', (message) => seen.push(message as Seen))
  return { seen, stop: () => child.kill('SIGKILL') }
}

/** Milliseconds: the value that a share of the times does not exceed; NaN without any. */
export function percentile(seen: readonly Seen[], kind: Seen['kind'], share: number): number {
  const times = seen.filter((one) => one.kind === kind).map(({ ms }) => ms)
  times.sort((a, b) => a - b)
  return times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN
}
