// A worker whose encoder is a stand-in that sleeps. All else is the real thing: Temporal, the workflow, probing,
// planning, the rows of the passes, heartbeats, progress. Each encoding pass of a job sleeps by its share of the cost
// of them all, together STAND_IN_SEC seconds; the parts that it does not make are joined in no time. MEDIA_SLOTS and
// DATA_DIR are those of any worker.
import { setTimeout as delay } from 'node:timers/promises'
import { withHeartbeat } from '#built/activities/heartbeat.js'
import { createPlanOfRun } from '#built/activities/passes/plan-of-run.js'
import { createProgressWriter } from '#built/activities/passes/report-progress.js'
import { createDeps } from '#built/src/deps.js'
import { runProcess } from '#built/src/run-process.js'
import { startWorkers } from '#built/src/start-workers.js'

/**
 * @import { Activities } from '../activities/index.js'
 * @import { Deps } from '../src/deps.js'
 * @import { JobId } from '../src/jobs/model.js'
 */

const PROGRESS_MS = 500

runProcess('worker', async (config, log) => {
  const deps = await createDeps(config, log)
  const sleepPass = createSleep(deps, Number(process.env.STAND_IN_SEC))
  return startWorkers(deps, config, log, {
    measureLoudness: sleepPass,
    trim: sleepPass,
    overlay: sleepPass,
    watermark: sleepPass,
    transcode: sleepPass,
    encodeAudio: sleepPass,
    assemble: sleepPass,
    thumbnails: sleepPass,
    package: sleepPass,
  })
})

/**
 * What an activity of the queue `media` does, without ffmpeg.
 * @param {Deps} deps
 * @param {number} totalSec
 * @returns {Activities['transcode']}
 */
function createSleep({ repositories, solitude, workerName, log }, totalSec) {
  const planOfRun = createPlanOfRun(repositories.jobs)
  return async ({ jobId: id, passName }) => {
    const jobId = /** @type {JobId} */ (id)
    const plan = await planOfRun(jobId)
    if (!plan) throw new Error(`The job ${jobId} has no plan.`)
    const totalCost = plan.passes.reduce((sum, { cost }) => sum + cost, 0)
    const cost = plan.passes.find(({ name }) => name === passName)?.cost ?? 0
    const sleepMs = (totalSec * 1000 * cost) / totalCost
    const attempt = { number: 1, worker: workerName }
    await repositories.passes.begin(jobId, passName, attempt)
    const reported = { jobId, passName, attempt, expectedUs: sleepMs * 1000 }
    const write = createProgressWriter(repositories.passes, reported, log)
    await withHeartbeat(solitude, {}, async ({ signal }) => {
      const endsAt = performance.now() + sleepMs
      for (let left = sleepMs; left > 0; left = endsAt - performance.now()) {
        await delay(Math.min(left, PROGRESS_MS), undefined, { signal })
        const slept = sleepMs - Math.max(0, endsAt - performance.now())
        write({ outTimeUs: slept * 1000, frames: 0, speed: 1 })
      }
    })
    await repositories.passes.complete(jobId, passName, [])
    return null
  }
}
