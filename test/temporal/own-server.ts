import {
  startTemporalServer,
  type TemporalServer,
  type TemporalServerOptions,
} from '../../src/platform/temporal-server.js'
import { readTools } from '../../src/platform/tools.js'
import { createOrchestrator } from '../../src/temporal/orchestrator.js'

/**
 * Starts a separate Temporal without workers: the workflows that tests start there must not reach the workers of other
 * tests.
 */
export function startOwnServer(
  options: Partial<Pick<TemporalServerOptions, 'dbFile' | 'port'>> = {},
): Promise<TemporalServer> {
  return startTemporalServer({
    binary: readTools().temporalPath ?? 'temporal',
    port: 0,
    uiPort: null,
    dbFile: null,
    log: () => undefined,
    ...options,
  })
}

export function connectTo({ address }: TemporalServer): ReturnType<typeof createOrchestrator> {
  return createOrchestrator({ address, namespace: 'default', uiUrl: null })
}
