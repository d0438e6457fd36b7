import { readdir, readFile } from 'node:fs/promises'
import type { Platform } from '../../e2e/support/platform.js'
import { unfinishedJobs } from '../support/rows.js'
import { familyOf, findService, type ServiceName } from '../support/services.js'
import { SAMPLE_EVERY_MS } from './form.js'
import { pause } from './pause.js'

export const SERVICES = ['api', 'worker', 'temporal', 'postgres'] as const satisfies readonly ServiceName[]

export interface Sample {
  readonly atSec: number
  readonly service: ServiceName
  /** The process id; a service that was killed comes back under another. */
  readonly pid: number
  readonly rssMib: number
  readonly fds: number
}

export interface Samples {
  readonly services: Sample[]
  /** The number of jobs that had not ended; null: the database was unavailable. */
  readonly queue: (number | null)[]
}

/** Adds to `samples` until the load is over. */
export async function sampleAll(platform: Platform, samples: Samples, over: AbortSignal): Promise<void> {
  const since = performance.now()
  while (!over.aborted) {
    const atSec = (performance.now() - since) / 1000
    for (const service of SERVICES) {
      const found = await sampleOne(platform, service)
      if (found) samples.services.push({ ...found, atSec, service })
    }
    samples.queue.push(await unfinishedJobs(platform).catch(() => null))
    await pause(SAMPLE_EVERY_MS, over)
  }
}

/** null: the service is dead at the moment. */
export async function sampleOne(
  platform: Platform,
  service: ServiceName,
): Promise<Pick<Sample, 'pid' | 'rssMib' | 'fds'> | null> {
  const pid = await findService(platform, service)
  if (pid === null) return null
  try {
    // The children of a worker are ffmpeg processes, which come and go; those of PostgreSQL are the server.
    if (service !== 'postgres') return { pid, rssMib: await rssMib(pid), fds: await openFiles(pid) }
    const all = await Promise.all((await familyOf(pid)).map(sampleShare))
    const sum = (pick: (one: { mib: number; fds: number }) => number) =>
      all.reduce((total, one) => total + pick(one), 0)
    return { pid, rssMib: sum(({ mib }) => mib), fds: sum(({ fds }) => fds) }
  } catch {
    // The process was killed between the two looks.
    return null
  }
}

async function rssMib(pid: number): Promise<number> {
  return kibOf(await readFile(`/proc/${pid}/status`, 'utf8'), 'VmRSS') / 1024
}

/** Each process counts its part of shared memory, or PostgreSQL's buffers would count once per connection. */
async function sampleShare(pid: number): Promise<{ mib: number; fds: number }> {
  try {
    const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8')
    return { mib: kibOf(rollup, 'Pss') / 1024, fds: await openFiles(pid) }
  } catch {
    // A connection that has been closed in the meantime.
    return { mib: 0, fds: 0 }
  }
}

async function openFiles(pid: number): Promise<number> {
  return (await readdir(`/proc/${pid}/fd`)).length
}

function kibOf(text: string, name: string): number {
  const kib = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1]
  if (kib === undefined) throw new Error(`no ${name}`)
  return Number(kib)
}
