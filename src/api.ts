import { setFlagsFromString } from 'node:v8'
import type { Logger } from 'pino'
import { checkExposure, type Config } from './config.js'
import { migrate } from './db/migrate.js'
import { createDeps, type Deps } from './deps.js'
import type { AccessParts } from './http/access/guard.js'
import { createLinkSigner } from './http/access/links.js'
import { createApp } from './http/app.js'
import { startServer } from './http/server.js'
import { createUseCases } from './jobs/create-use-cases.js'
import { describeCapabilities } from './media/capabilities/describe-capabilities.js'
import { readOrCreateLinkSecret } from './platform/link-secret.js'
import { runProcess } from './run-process.js'
import { knowsV8Flag } from './v8-flag.js'

// V8 counts the buffers of request bodies as used until it sweeps them. Swept concurrently, two batches of 32 MiB reach
// V8's soft limit for memory outside the heap, so that every 64 MiB of an upload cost a full collection: half of all
// CPU time.
const SWEEPING = '--no-concurrent-array-buffer-sweeping'
setFlagsFromString(SWEEPING)

runProcess('api', async (config, log) => {
  checkExposure(config)
  if (!(await knowsV8Flag(SWEEPING))) {
    log.warn(`this Node does not know the flag ${SWEEPING}: uploads cost more CPU time`)
  }
  const deps = await createDeps(config, log)
  await migrate(deps.database)
  tellCapabilities(deps.health, log)
  const stopping = new AbortController()
  const useCases = createUseCases(deps)
  const app = createApp({
    useCases,
    checkBody: (owner, task) => deps.children.run(owner, 'checkBody', task),
    config: config.http,
    access: await createAccess(config),
    log,
    stopping: stopping.signal,
  })
  const server = await startServer(app, config.http, {
    onError: (error) => log.warn({ err: error }, 'a connection could not be accepted'),
  })
  log.info({ url: server.url }, 'listening')
  return {
    url: server.url,
    stop: async () => {
      stopping.abort()
      await server.close()
      await useCases.flush().catch((error: unknown) => {
        log.warn({ err: error }, 'what was sent last could not be counted')
      })
      await deps.close()
    },
  }
})

/** Finds them now, so that no request waits for it. An API whose ffmpeg does not work still serves what there is. */
function tellCapabilities({ capabilities }: Deps['health'], log: Logger): void {
  capabilities().then(
    (found) => log.info({ ffmpeg: describeCapabilities(found) }, 'ffmpeg works'),
    (error: unknown) => log.error({ err: error }, 'ffmpeg does not work'),
  )
}

async function createAccess({ access, platform }: Config): Promise<AccessParts> {
  const secret = access.linkSecret ?? (await readOrCreateLinkSecret(platform.dataDir))
  return { needsKey: access.auth === 'keys', links: createLinkSigner(secret, access.linkTtlSec) }
}
