import { hostname } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Logger } from 'pino'
import {
  createControlActivities,
  createOutboundActivities,
  createProbeActivities,
  PROBE_SLOTS,
} from '../activities/index.js'
import { createInterceptor } from '../activities/intercept.js'
import type { Config } from './config.js'
import type { Deps } from './deps.js'
import { claimNumber } from './platform/claim-number.js'
import { createWorkers, type WorkersOptions } from './temporal/workers.js'

/**
 * Polls all task queues of a worker process. `stop` resolves when the running activities have ended.
 * @param mediaActivities those of the benchmark only sleep
 */
export async function startWorkers(
  deps: Deps,
  config: Config,
  log: Logger,
  mediaActivities: WorkersOptions['mediaActivities'],
): Promise<{ readonly ended: Promise<void>; stop(): Promise<void> }> {
  const claimed = await claimNumber(config.platform.dataDir)
  const workers = await createWorkers({
    address: deps.temporalAddress,
    namespace: config.temporal.namespace,
    name: deps.workerName,
    id: `${hostname()}#${claimed?.number ?? process.pid}`,
    workflowBundlePath: fileURLToPath(new URL('../workflow-bundle.js', import.meta.url)),
    controlActivities: createControlActivities(deps),
    probeActivities: createProbeActivities(deps),
    probeSlots: PROBE_SLOTS,
    outboundActivities: createOutboundActivities(deps),
    mediaActivities,
    mediaSlots: deps.ownSlots,
    mediaSlotSupplier: deps.slotGate.supplier,
    activityInterceptor: createInterceptor(log, deps.maxWaitMs),
    log,
  })
  const ended = workers.run()
  return {
    ended,
    stop: async () => {
      workers.shutdown()
      await ended
      claimed?.release()
      await deps.close()
    },
  }
}
