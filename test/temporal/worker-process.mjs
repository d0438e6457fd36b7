// A worker process whose activities do nothing, for tests that restart and kill it: ADDRESS SLOTS [busy].
// `busy`: all its slots are taken. It tells its parent when it polls, and ends at SIGTERM as a worker does.
import { once } from 'node:events'
import { hostname } from 'node:os'
import { pino } from 'pino'
import { claimNumber } from '#built/src/platform/claim-number.js'
import { createSlotGate } from '#built/src/temporal/slot-gate.js'
import { createWorkers } from '#built/src/temporal/workers.js'

/** @import { SuppliedGate } from '../../src/temporal/slot-gate.js' */

const [address = '', slots = '1', busy] = process.argv.slice(2)
const rest = () => Promise.resolve()
const { supplier } = createSlotGate(Number(slots))
const claimed = await claimNumber(address)
const workers = await createWorkers({
  address,
  namespace: 'default',
  name: `${hostname()}:${process.pid}`,
  id: `${hostname()}#${claimed?.number ?? process.pid}`,
  workflowBundlePath: 'dist/workflow-bundle.js',
  controlActivities: { rest },
  probeActivities: { rest },
  probeSlots: 1,
  outboundActivities: { rest },
  mediaActivities: { rest },
  mediaSlots: { slots: Number(slots), threadsPerSlot: 1 },
  mediaSlotSupplier: busy ? withoutSlots(supplier) : supplier,
  activityInterceptor: () => ({}),
  log: pino({ level: 'silent' }),
})
process.on('SIGTERM', () => {
  workers.shutdown()
})
process.send?.('ready')
await workers.run()
process.exit(0)

/**
 * @param {SuppliedGate['supplier']} gate
 * @returns {SuppliedGate['supplier']}
 */
function withoutSlots(gate) {
  return {
    ...gate,
    reserveSlot: async (_, signal) => {
      await once(signal, 'abort')
      signal.throwIfAborted()
      return {}
    },
  }
}
