import { Client, Connection } from '@temporalio/client'
import { WORKFLOW_TYPES } from '../../../src/temporal/names.js'
import type { Platform } from '../../e2e/support/platform.js'
import { until } from '../../support/until.js'

const START_LIMIT_MS = 90_000

/** Makes the schedule run now and waits for the end of that run. */
export async function keepHouseNow({ services }: Platform): Promise<void> {
  const connection = await Connection.connect({ address: services.temporalAddress })
  try {
    const client = new Client({ connection })
    const schedule = client.schedule.getHandle(WORKFLOW_TYPES.housekeeping)
    const before = (await schedule.describe()).info.numActionsTaken
    await schedule.trigger('ALLOW_ALL')
    const begun = async () => {
      const { numActionsTaken, recentActions } = (await schedule.describe()).info
      return recentActions.slice(recentActions.length - (numActionsTaken - before))
    }
    await until('housekeeping has begun', async () => (await begun()).length > 0, START_LIMIT_MS)
    // The schedule's own list of running actions leaves out those that may overlap, so this asks the runs themselves.
    for (const { action } of await begun()) {
      const { workflowId, firstExecutionRunId } = action.workflow
      await client.workflow.getHandle(workflowId, firstExecutionRunId).result()
    }
  } finally {
    await connection.close()
  }
}
