import { fileURLToPath } from 'node:url'
import { failureInterceptor } from '../activities/failure.js'
import { createControlActivities, createMediaActivities, createProbeActivities } from '../activities/index.js'
import { migrate } from './db/migrate.js'
import { createDeps } from './deps.js'
import { checkCapabilities } from './media/capabilities.js'
import { runProcess } from './run-process.js'
import { scheduleSweep } from './temporal/schedule-sweep.js'
import { createWorkers } from './temporal/workers.js'

runProcess('worker', async (config, log) => {
  const deps = await createDeps(config, log)
  await checkCapabilities(deps.ffmpeg)
  await migrate(deps.database)
  const workers = await createWorkers({
    address: deps.temporalAddress,
    namespace: config.temporal.namespace,
    identity: deps.workerName,
    workflowBundlePath: fileURLToPath(new URL('../workflow-bundle.js', import.meta.url)),
    controlActivities: createControlActivities(deps),
    probeActivities: createProbeActivities(deps),
    mediaActivities: createMediaActivities(deps),
    mediaSlots: deps.ownSlots,
    activityInterceptor: failureInterceptor,
    log,
  })
  await scheduleSweep(deps.orchestrator.client)
  const ended = workers.run()
  log.info(deps.ownSlots, 'polling')
  return {
    ended,
    stop: async () => {
      workers.shutdown()
      await ended
      await deps.close()
    },
  }
})
