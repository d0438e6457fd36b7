import { join } from 'node:path'
import { ROOT } from '../../scripts/platform/tools.mjs'
import { measureTrees } from '../measure.mjs'
import { round, roundOrNull } from '../statistics.mjs'
import { openStoredPlans } from '../stored-plan.mjs'
import { openStudio } from '../studio.mjs'

/**
 * @import { Studio } from '../studio.mjs'
 * @import { Bench, Found, ScalingStep, Sizes } from '../types.d.ts'
 */

const POLL_MS = 250
const START_TIMEOUT_MS = 60_000

/**
 * Measures one job on a long clip by a worker with 1 to 64 slots, whose encoder is a stand-in that sleeps: each slot is
 * given the same work, so that all of them, never idle, would always take `idealSec`.
 * @param {Bench} bench
 * @returns {Promise<Found>}
 */
export async function measureScaling({ sizes, clips, folder, print }) {
  const { source, slots: slotCounts, idealSec } = sizes.scaling
  const clip = await clips.longClip('scaling', source)
  const steps = []
  for (const slots of slotCounts) {
    const step = await withNewStudio(folder, (studio) => measureStep(sizes, studio, clip, slots))
    steps.push(step)
    print(`  scaling  ${slots} slots: ${(step.efficiency * 100).toFixed(0)} %, ${step.passes} passes`)
  }
  const last = steps.at(-1)
  if (!last) return { rows: [], checks: [] }
  const row = {
    id: 'scaling',
    title: `Scaling from 1 to ${last.slots} stand-in slots`,
    wall_s: last.actual_s,
    cpu_s: last.cpu_s,
    peak_mib: last.peak_mib,
    runs: [last.actual_s],
    ideal_s: idealSec,
    steps,
  }
  return { rows: [row], checks: [] }
}

/**
 * Each step has a platform of its own: Temporal remembers for minutes which workers have polled, and the slots of an
 * earlier step would count in the next.
 * @template T
 * @param {string} folder
 * @param {(studio: Studio) => Promise<T>} work
 * @returns {Promise<T>}
 */
async function withNewStudio(folder, work) {
  const studio = await openStudio(folder, { NO_WORKER: '1' })
  try {
    return await work(studio)
  } finally {
    await studio.close()
  }
}

/**
 * @param {Sizes} sizes
 * @param {Studio} studio
 * @param {string} clip
 * @param {number} slots
 * @returns {Promise<ScalingStep>}
 */
async function measureStep(sizes, studio, clip, slots) {
  const { idealSec, qualities } = sizes.scaling
  const plans = await openStoredPlans(studio.dataDir)
  const worker = await startStandIn(studio.dataDir, slots, idealSec * slots)
  try {
    const video = await studio.upload(clip)
    const edit = { video_id: video.id, operations: [], output: { qualities } }
    const { result, usage } = await measureTrees([studio.pid, worker.pid], () =>
      studio.timeJob(edit, POLL_MS),
    )
    const { passes } = await plans.load(result.job.job_id)
    return {
      slots,
      passes: passes.length,
      actual_s: round(result.wallSec, 3),
      efficiency: round(idealSec / result.wallSec, 3),
      cpu_s: roundOrNull(usage.cpuSec, 2),
      peak_mib: roundOrNull(usage.peakMib, 0),
    }
  } finally {
    await plans.close()
    await worker.stop()
  }
}

/**
 * @param {string} dataDir
 * @param {number} slots
 * @param {number} standInSec
 */
async function startStandIn(dataDir, slots, standInSec) {
  const { spawnServer } = await import('#built/src/platform/child-process.js')
  /** @type {() => void} */
  let onReady
  /** @type {Promise<boolean>} */
  const ready = new Promise((resolve) => {
    onReady = () => resolve(true)
  })
  /** @type {string[]} */
  const lines = []
  const server = await spawnServer({
    command: process.execPath,
    args: [join(ROOT, 'bench/stand-in-worker.mjs')],
    env: {
      DATA_DIR: dataDir,
      MEDIA_SLOTS: String(slots),
      STAND_IN_SEC: String(standInSec),
      LOG_LEVEL: 'warn',
    },
    deathSignal: 'SIGKILL',
    onMessage: () => onReady(),
    onLine: (line) => lines.push(line),
  })
  /** @type {Promise<boolean>} */
  const tooLate = new Promise((resolve) => setTimeout(resolve, START_TIMEOUT_MS, false).unref())
  const isReady = await Promise.race([ready, server.exited.then(() => false), tooLate])
  if (!isReady) throw new Error(`The stand-in worker did not start:\n${lines.join('\n')}`)
  return { pid: server.pid, stop: () => server.stop({ signal: 'SIGTERM', graceMs: 10_000 }) }
}
