import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startPostgres } from '../../../src/platform/embedded-postgres.js'
import { startTemporalServer } from '../../../src/platform/temporal-server.js'
import { readTools } from '../../../src/platform/tools.js'

/** One real PostgreSQL and one real Temporal for all the tests of a project. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (!existsSync('dist/workflow-bundle.js')) throw new Error('Nothing is built: run `npm run setup` first.')
  const dir = await mkdtemp(join(tmpdir(), 'cutroom-tests-'))
  const log = () => undefined
  const [postgres, temporal] = await Promise.all([
    startPostgres({ dataDir: join(dir, 'postgres'), port: 0, log }),
    startTemporalServer({
      binary: readTools().temporalPath ?? 'temporal',
      port: 0,
      uiPort: null,
      dbFile: null,
      log,
    }),
  ])
  project.provide('postgresUrl', postgres.url)
  project.provide('temporalAddress', temporal.address)
  return async () => {
    await Promise.all([postgres.stop(), temporal.stop()])
    await rm(dir, { recursive: true, force: true })
  }
}
