// A worker whose encoder is a stand-in that sleeps. All else is the real thing: Temporal, the workflow, probing,
// planning, the rows of the passes, heartbeats, progress. Each encoding pass of a job sleeps by its share of the cost
// of them all, together STAND_IN_SEC seconds; parts that are not there are joined in no time. MEDIA_SLOTS and DATA_DIR
// are those of any worker.
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { ROOT } from '../scripts/platform/tools.mjs'

const dist = (path) => import(join(ROOT, 'dist', path))
const PROGRESS_MS = 500

const [
  { createMediaActivities },
  { withHeartbeat },
  { createPlanOfRun },
  { createProgressWriter },
  { createDeps },
  { runProcess },
  { startWorkers },
] = await Promise.all(
  [
    ...['activities/index.js', 'activities/heartbeat.js', 'activities/plan-of-run.js'],
    ...['activities/report-progress.js', 'src/deps.js', 'src/run-process.js', 'src/start-workers.js'],
  ].map(dist),
)

runProcess('worker', async (config, log) => {
  const deps = await createDeps(config, log)
  const sleepPass = createSleep(deps, Number(process.env.STAND_IN_SEC))
  const kinds = Object.keys(createMediaActivities(deps))
  return startWorkers(deps, config, log, Object.fromEntries(kinds.map((kind) => [kind, sleepPass])))
})

/** What an activity of the queue `media` does, but for ffmpeg. */
function createSleep({ repositories, workerName, log }, totalSec) {
  const planOfRun = createPlanOfRun(repositories.jobs)
  return async function sleepPass({ jobId, passName }) {
    const plan = await planOfRun(jobId)
    const totalCost = plan.passes.reduce((sum, { cost }) => sum + cost, 0)
    const cost = plan.passes.find(({ name }) => name === passName)?.cost ?? 0
    const sleepMs = (totalSec * 1000 * cost) / totalCost
    const attempt = { number: 1, worker: workerName }
    await repositories.passes.begin(jobId, passName, attempt)
    const write = createProgressWriter(
      repositories.passes,
      { jobId, passName, attempt, expectedUs: sleepMs * 1000 },
      log,
    )
    await withHeartbeat({}, async ({ signal }) => {
      const endsAt = performance.now() + sleepMs
      for (let left = sleepMs; left > 0; left = endsAt - performance.now()) {
        await delay(Math.min(left, PROGRESS_MS), undefined, { signal })
        write({ outTimeUs: (sleepMs - Math.max(0, endsAt - performance.now())) * 1000, frames: 0, speed: 1 })
      }
    })
    await repositories.passes.complete(jobId, passName, [], [])
  }
}
