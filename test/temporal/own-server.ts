import { startTemporalServer, type TemporalServer } from '../../src/platform/temporal-server.js'
import { readTools } from '../../src/platform/tools.js'
import { createOrchestrator } from '../../src/temporal/orchestrator.js'

/**
 * Starts a separate Temporal without workers: the workflows that tests start there must not reach the workers of other
 * tests.
 */
export function startOwnServer(): Promise<TemporalServer> {
  return startTemporalServer({
    binary: readTools().temporalPath ?? 'temporal',
    port: 0,
    uiPort: null,
    dbFile: null,
    log: () => undefined,
  })
}

export function connectTo({ address }: TemporalServer): ReturnType<typeof createOrchestrator> {
  return createOrchestrator({ address, namespace: 'default', uiUrl: null })
}
