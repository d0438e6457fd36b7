// A worker process that does nothing, for tests that restart and kill it: ADDRESS SLOTS [busy]. Its number is claimed in the
// scope of the address. Tells its parent when it polls, and ends at SIGTERM as a worker does.
import { hostname } from 'node:os'
import { pino } from 'pino'
import { claimNumber } from '#built/src/platform/claim-number.js'
import { createSlotGate } from '#built/src/temporal/slot-gate.js'
import { createWorkers } from '#built/src/temporal/workers.js'

const [address = '', slots = '1', busy] = process.argv.slice(2)
const rest = () => Promise.resolve()
const slotGate = createSlotGate(Number(slots))
// As if passes had taken all of them.
if (busy)
  for (let taken = 0; taken < Number(slots); taken += 1)
    slotGate.supplier.tryReserveSlot(/** @type {never} */ (undefined))
const claimed = await claimNumber(address)
const workers = await createWorkers({
  address,
  namespace: 'default',
  name: `${hostname()}:${process.pid}`,
  id: `${hostname()}#${claimed?.number ?? process.pid}`,
  workflowBundlePath: 'dist/workflow-bundle.js',
  controlActivities: { rest },
  probeActivities: { rest },
  mediaActivities: { rest },
  mediaSlots: { slots: Number(slots), threadsPerSlot: 1 },
  mediaSlotSupplier: slotGate.supplier,
  activityInterceptor: () => ({}),
  log: pino({ level: 'silent' }),
})
process.on('SIGTERM', () => workers.shutdown())
process.send?.('ready')
await workers.run()
process.exit(0)
