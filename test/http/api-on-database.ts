import { pino } from 'pino'
import { createChanges } from '../../src/db/changes.js'
import { createRepositories } from '../../src/db/create-repositories.js'
import { close, connectDatabase } from '../../src/db/database.js'
import type { AccessParts } from '../../src/http/access/guard.js'
import { createApp } from '../../src/http/app.js'
import type { EachWindow } from '../../src/http/limits/each-window.js'
import { startServer } from '../../src/http/server.js'
import { createUseCases } from '../../src/jobs/create-use-cases.js'
import type { Quotas } from '../../src/jobs/quotas/quotas.js'
import { createWorld } from '../jobs/world.js'
import { httpConfig } from '../support/http-config.js'
import { checkBody } from '../support/same-process.js'
import { NO_KEYS } from './support.js'

/** An API process from the point of view of PostgreSQL: with use cases, a pool and a listener of its own. */
export interface Api {
  readonly url: string
  readonly port: number
  readonly log: readonly string[]
  readonly stop: () => Promise<void>
}

interface ApiOptions {
  /** Folder of its media. */
  readonly dir: string
  readonly databaseUrl: string
  readonly access?: AccessParts
  readonly quotas?: Partial<Quotas>
  readonly eachWindow?: EachWindow
}

export async function startApi(options: ApiOptions): Promise<Api> {
  const { dir, databaseUrl, access = NO_KEYS, quotas, eachWindow } = options
  const pool = connectDatabase(databaseUrl)
  const lines: string[] = []
  const log = pino({ level: 'warn' }, { write: (line) => lines.push(line) })
  const changes = createChanges(pool, log)
  const { deps } = createWorld(dir, createRepositories(pool), changes)
  const config = httpConfig()
  const stopping = new AbortController()
  const useCases = createUseCases({ ...deps, log, quotas: { ...deps.quotas, ...quotas } })
  const app = createApp({ useCases, checkBody, config, access, log, stopping: stopping.signal })
  const server = await startServer(app, config, { graceMs: 200, ...(eachWindow && { eachWindow }) })
  return {
    url: server.url,
    port: server.port,
    log: lines,
    stop: async () => {
      stopping.abort()
      await server.close()
      await changes.close()
      await close(pool)
    },
  }
}
