import { createMediaActivities } from '../activities/index.js'
import { migrate } from './db/migrate.js'
import { createDeps } from './deps.js'
import { startEventPump } from './jobs/webhooks/event-pump.js'
import { describeCapabilities } from './media/capabilities/describe-capabilities.js'
import { findConfinement } from './media/process/confine.js'
import { runProcess } from './run-process.js'
import { startWorkers } from './start-workers.js'
import { keepSchedules } from './temporal/schedules.js'

runProcess('worker', async (config, log) => {
  const deps = await createDeps(config, log)
  const ffmpeg = describeCapabilities(await deps.health.capabilities())
  const confinement = await findConfinement()
  await migrate(deps.database)
  const stopSchedules = await keepSchedules(deps.orchestrator.client, log)
  const running = await startWorkers(deps, config, log, createMediaActivities(deps))
  const stopPump = startEventPump(deps)
  log.info({ ...deps.ownSlots, ffmpeg, confinement }, 'polling')
  return {
    ended: running.ended,
    stop: async () => {
      await stopPump()
      await stopSchedules()
      await running.stop()
    },
  }
})
