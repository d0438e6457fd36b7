import { setFlagsFromString } from 'node:v8'
import { checkExposure, type Config } from './config.js'
import { migrate } from './db/migrate.js'
import { createDeps } from './deps.js'
import type { AccessParts } from './http/access/guard.js'
import { createLinkSigner } from './http/access/links.js'
import { createApp } from './http/app.js'
import { startServer } from './http/server.js'
import { createUseCases } from './jobs/create-use-cases.js'
import { readOrCreateLinkSecret } from './platform/link-secret.js'
import { runProcess } from './run-process.js'

// Buffers of bodies count until they are swept. Swept on the side, two lots of 32 MiB add up to V8's soft limit for
// outside memory, and every 64 MiB of an upload cost a full collection: half of all CPU time.
setFlagsFromString('--no-concurrent-array-buffer-sweeping')

runProcess('api', async (config, log) => {
  checkExposure(config)
  const deps = await createDeps(config, log)
  await migrate(deps.database)
  const stopping = new AbortController()
  const useCases = createUseCases(deps)
  const app = createApp({
    useCases,
    config: config.http,
    access: await createAccess(config),
    log,
    stopping: stopping.signal,
  })
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

async function createAccess({ access, platform }: Config): Promise<AccessParts> {
  const secret = access.linkSecret ?? (await readOrCreateLinkSecret(platform.dataDir))
  return { needsKey: access.auth === 'keys', links: createLinkSigner(secret, access.linkTtlSec) }
}
