import { migrate } from './db/migrate.js'
import { createDeps } from './deps.js'
import { createApp } from './http/app.js'
import { startServer } from './http/server.js'
import { createUseCases } from './jobs/create-use-cases.js'
import { runProcess } from './run-process.js'

runProcess('api', async (config, log) => {
  const deps = await createDeps(config, log)
  await migrate(deps.database)
  const stopping = new AbortController()
  const useCases = createUseCases(deps)
  const app = createApp({ useCases, config: config.http, log, stopping: stopping.signal })
  const server = await startServer(app, config.http)
  log.info({ url: server.url }, 'listening')
  return {
    url: server.url,
    stop: async () => {
      stopping.abort()
      await server.close()
      await deps.close()
    },
  }
})
