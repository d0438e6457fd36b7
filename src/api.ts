import { migrate } from './db/migrate.js'
import { createDeps } from './deps.js'
import { createApp } from './http/app.js'
import { startServer } from './http/server.js'
import { createUseCases } from './jobs/create-use-cases.js'
import { runProcess } from './run-process.js'

runProcess('api', async (config, log) => {
  const deps = await createDeps(config, log)
  await migrate(deps.database)
  const app = createApp({ useCases: createUseCases(deps), config: config.http, log })
  const server = await startServer(app, config.http)
  log.info({ url: server.url }, 'listening')
  return {
    url: server.url,
    stop: async () => {
      await server.close()
      await deps.close()
    },
  }
})
