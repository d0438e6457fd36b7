import { CAN_READ_PROCESSES, cpuSecOf, readTrees, reapedCpuSec, residentBytesOf } from './process-tree.mjs'
import { median, roundOrNull } from './statistics.mjs'

/**
 * @import { ProcessStat } from './process-tree.mjs'
 * @import { Usage } from './types.d.ts'
 */

const SAMPLE_MS = 200

/**
 * Does the work and measures what the processes of these trees used meanwhile: CPU seconds of those that still run and
 * of those that ended in it, and the most memory at once (the sum of resident sizes, sampled five times a second).
 * @template {object | void} T
 * @param {readonly number[]} pids
 * @param {() => Promise<T>} work what it gives may have its own wall time as `wallSec`
 * @returns {Promise<{ result: T, usage: Usage }>}
 */
export async function measureTrees(pids, work) {
  const before = readTrees(pids)
  const { result, wallSec, peakBytes } = await watch(() => pids, work)
  const after = readTrees(pids)
  const own = ownWallSec(result) ?? wallSec
  const usage = usageOf(own, cpuSecOf(after) - cpuSecOf(before), peakBytes)
  return { result, usage: { ...usage, servicesSec: servicesSec(before, after) } }
}

/**
 * The same for children of ours that end within the work.
 * @template T
 * @param {(onPid: (pid: number) => void) => Promise<T>} work calls `onPid` with the id of each child
 * @returns {Promise<{ result: T, usage: Usage }>}
 */
export async function measureChildren(work) {
  /** @type {number[]} */
  const pids = []
  const before = reapedCpuSec()
  const { result, wallSec, peakBytes } = await watch(
    () => pids,
    () => work((pid) => pids.push(pid)),
  )
  return { result, usage: usageOf(wallSec, reapedCpuSec() - before, peakBytes) }
}

/**
 * @template T
 * @param {() => readonly number[]} rootPids
 * @param {() => Promise<T>} work
 * @returns {Promise<{ result: T, wallSec: number, peakBytes: number }>}
 */
async function watch(rootPids, work) {
  let peakBytes = 0
  const look = () => {
    peakBytes = Math.max(peakBytes, residentBytesOf(readTrees(rootPids())))
  }
  const timer = setInterval(look, SAMPLE_MS)
  const since = performance.now()
  try {
    look()
    const result = await work()
    return { result, wallSec: (performance.now() - since) / 1000, peakBytes }
  } finally {
    clearInterval(timer)
  }
}

/** @param {object | void} result */
function ownWallSec(result) {
  return result && 'wallSec' in result && typeof result.wallSec === 'number' ? result.wallSec : undefined
}

/**
 * CPU seconds of the processes that run before and after, without those that they have started: the platform without
 * ffmpeg.
 * @param {readonly ProcessStat[]} before
 * @param {readonly ProcessStat[]} after
 */
function servicesSec(before, after) {
  const ownBefore = new Map(before.map(({ pid, ownSec }) => [pid, ownSec]))
  return after.reduce((sum, { pid, ownSec }) => sum + ownSec - (ownBefore.get(pid) ?? ownSec), 0)
}

/**
 * @param {number} wallSec
 * @param {number} cpuSec
 * @param {number} peakBytes
 * @returns {Usage}
 */
function usageOf(wallSec, cpuSec, peakBytes) {
  return {
    wallSec,
    cpuSec: CAN_READ_PROCESSES ? cpuSec : null,
    peakMib: CAN_READ_PROCESSES ? peakBytes / 1024 ** 2 : null,
  }
}

/**
 * The medians of several runs, as a row of the results has them.
 * @param {readonly Usage[]} usages
 */
export function summarise(usages) {
  const middle = (/** @type {(usage: Usage) => number | null} */ pick, /** @type {number} */ digits) => {
    const values = usages.map(pick).filter((value) => value !== null)
    return values.length < usages.length ? null : roundOrNull(median(values), digits)
  }
  const hasServices = usages.some(({ servicesSec }) => servicesSec)
  return {
    wall_s: middle(({ wallSec }) => wallSec, 3),
    cpu_s: middle(({ cpuSec }) => cpuSec, 2),
    peak_mib: middle(({ peakMib }) => peakMib, 0),
    ...(hasServices ? { services_cpu_s: middle(({ servicesSec }) => servicesSec ?? null, 2) } : {}),
    runs: usages.map(({ wallSec }) => roundOrNull(wallSec, 3)),
  }
}
