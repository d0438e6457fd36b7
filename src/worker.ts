import { createMediaActivities } from '../activities/index.js'
import { migrate } from './db/migrate.js'
import { createDeps } from './deps.js'
import { checkCapabilities } from './media/capabilities.js'
import { findConfinement } from './media/process/confine.js'
import { runProcess } from './run-process.js'
import { startWorkers } from './start-workers.js'
import { ensureSchedules } from './temporal/schedules.js'

runProcess('worker', async (config, log) => {
  const deps = await createDeps(config, log)
  await checkCapabilities(deps.ffmpeg)
  const confinement = await findConfinement()
  await migrate(deps.database)
  await ensureSchedules(deps.orchestrator.client)
  const running = await startWorkers(deps, config, log, createMediaActivities(deps))
  log.info({ ...deps.ownSlots, confinement }, 'polling')
  return running
})
