import { condition, continueAsNew, defineSignal, proxyActivities, setHandler } from '@temporalio/workflow'
import type { Activities } from '../activities/index.js'
import { DELIVER_SIGNAL } from '../src/temporal/names.js'
import { OUTBOUND } from './activity-options.js'

interface DeliverEventsInput {
  readonly webhookId: string
}

const { deliverDue } = proxyActivities<Activities>(OUTBOUND)
const deliverNow = defineSignal(DELIVER_SIGNAL)

/** Keeps the history of an endpoint that is told without end short. */
const MAX_ROUNDS = 50

/** Delivers the events of one endpoint, and ends when nothing is left to deliver. A signal begins the next round. */
export async function deliverEvents(input: DeliverEventsInput): Promise<void> {
  let calls = 0
  setHandler(deliverNow, () => {
    calls += 1
  })
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const before = calls
    const { waitMs } = await deliverDue(input)
    if (waitMs === null && calls === before) return
    if (waitMs !== null && waitMs > 0) await condition(() => calls > before, waitMs)
  }
  await continueAsNew<typeof deliverEvents>(input)
}
