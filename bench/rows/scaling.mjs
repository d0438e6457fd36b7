import { join } from 'node:path'
import { measureTrees } from '../measure.mjs'
import { round } from '../statistics.mjs'
import { openStudio } from '../studio.mjs'
import { ROOT } from '../../scripts/platform/tools.mjs'
import { openStoredPlans } from '../stored-plan.mjs'

const POLL_MS = 250
const START_TIMEOUT_MS = 60_000

/**
 * One job on a long clip by a worker with 1 to 64 slots, whose encoder is a stand-in that sleeps: each slot is
 * given the same work, so that all of them, never idle, would always take `idealSec`.
 */
export async function measureScaling({ sizes, clips, folder, print }) {
  const clip = await clips.longClip('scaling', sizes.scaling.source)
  const steps = []
  for (const slots of sizes.scaling.slots) {
    steps.push(await withNewStudio(folder, (studio) => measureStep({ sizes, studio, clip, slots })))
    const { efficiency, passes } = steps.at(-1)
    print(`  scaling  ${slots} slots: ${(efficiency * 100).toFixed(0)} %, ${passes} passes`)
  }
  const last = steps.at(-1)
  const row = {
    id: 'scaling',
    title: `Scaling from 1 to ${last.slots} stand-in slots`,
    ...{ wall_s: last.actual_s, cpu_s: last.cpu_s, peak_mib: last.peak_mib, runs: [last.actual_s] },
    ideal_s: sizes.scaling.idealSec,
    steps,
  }
  return { rows: [row], checks: [] }
}

/** Temporal remembers for minutes who has asked for work: slots of an earlier step would count in the next. */
async function withNewStudio(folder, work) {
  const studio = await openStudio(folder, { NO_WORKER: '1' })
  try {
    return await work(studio)
  } finally {
    await studio.close()
  }
}

async function measureStep({ sizes, studio, clip, slots }) {
  const { idealSec } = sizes.scaling
  const plans = await openStoredPlans(studio.dataDir)
  const worker = await startStandIn(studio.dataDir, slots, idealSec * slots)
  try {
    const video = await studio.upload(clip)
    const edit = { video_id: video.id, operations: [], output: { qualities: sizes.scaling.qualities } }
    const { result, usage } = await measureTrees([studio.pid, worker.pid], () =>
      studio.timeJob(edit, POLL_MS),
    )
    const { passes } = await plans.load(result.job.job_id)
    return {
      slots,
      passes: passes.length,
      actual_s: round(result.wallSec, 3),
      efficiency: round(idealSec / result.wallSec, 3),
      cpu_s: round(usage.cpuSec, 2),
      peak_mib: round(usage.peakMib, 0),
    }
  } finally {
    await plans.close()
    await worker.stop()
  }
}

async function startStandIn(dataDir, slots, standInSec) {
  const { spawnServer } = await import('../../dist/src/platform/child-process.js')
  let onReady
  const ready = new Promise((resolve) => {
    onReady = () => resolve(true)
  })
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
    onMessage: onReady,
    onLine: (line) => lines.push(line),
  })
  const tooLate = new Promise((resolve) => setTimeout(resolve, START_TIMEOUT_MS, false).unref())
  const isReady = await Promise.race([ready, server.exited.then(() => false), tooLate])
  if (!isReady) throw new Error(`The stand-in worker did not start:\n${lines.join('\n')}`)
  return { pid: server.pid, stop: () => server.stop({ signal: 'SIGTERM', graceMs: 10_000 }) }
}
