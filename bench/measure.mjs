import { median, round } from './statistics.mjs'
import { CAN_READ_PROCESSES, cpuSecOf, readTrees, reapedCpuSec, residentBytesOf } from './process-tree.mjs'

const SAMPLE_MS = 200

/**
 * Runs the work and tells what the processes of these trees used meanwhile: CPU seconds of what still runs and
 * of what ended in it, and the most memory at once (the sum of resident sizes, looked at five times a second).
 * `work` may give its own wall time as `wallSec`.
 */
export async function measureTrees(pids, work) {
  const before = readTrees(pids)
  const { result, wallSec, peakBytes } = await watch(() => pids, work)
  const after = readTrees(pids)
  const usage = usageOf(result?.wallSec ?? wallSec, cpuSecOf(after) - cpuSecOf(before), peakBytes)
  return { result, usage: { ...usage, servicesSec: servicesSec(before, after) } }
}

/** The same for children of ours that end within the work. It is given a function that it tells their ids. */
export async function measureChildren(work) {
  const pids = []
  const before = reapedCpuSec()
  const { result, wallSec, peakBytes } = await watch(
    () => pids,
    () => work((pid) => pids.push(pid)),
  )
  return { result, usage: usageOf(wallSec, reapedCpuSec() - before, peakBytes) }
}

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

/** Of those that run before and after, without what they have started: the platform, but for ffmpeg. */
function servicesSec(before, after) {
  const ownBefore = new Map(before.map(({ pid, ownSec }) => [pid, ownSec]))
  const stayed = after.filter(({ pid }) => ownBefore.has(pid))
  return stayed.reduce((sum, { pid, ownSec }) => sum + ownSec - ownBefore.get(pid), 0)
}

function usageOf(wallSec, cpuSec, peakBytes) {
  return {
    wallSec,
    cpuSec: CAN_READ_PROCESSES ? cpuSec : null,
    peakMib: CAN_READ_PROCESSES ? peakBytes / 1024 ** 2 : null,
  }
}

/** The medians of several runs, as a row of the results has them. */
export function summarise(usages) {
  const middle = (pick, digits) => {
    const values = usages.map(pick)
    return values.includes(null) ? null : round(median(values), digits)
  }
  return {
    wall_s: middle(({ wallSec }) => wallSec, 3),
    cpu_s: middle(({ cpuSec }) => cpuSec, 2),
    peak_mib: middle(({ peakMib }) => peakMib, 0),
    ...(usages.some(({ servicesSec }) => servicesSec)
      ? { services_cpu_s: middle(({ servicesSec }) => servicesSec, 2) }
      : {}),
    runs: usages.map(({ wallSec }) => round(wallSec, 3)),
  }
}
