import { Client, Connection } from '@temporalio/client'
import { WORKFLOW_TYPES } from '../../../src/temporal/names.js'
import type { Platform } from '../../e2e/support/platform.js'
import { until } from '../../support/until.js'

/** Makes the schedule run now and waits for the end of that run. */
export async function keepHouseNow({ services }: Platform): Promise<void> {
  const connection = await Connection.connect({ address: services.temporalAddress })
  try {
    const client = new Client({ connection })
    const schedule = client.schedule.getHandle(WORKFLOW_TYPES.housekeeping)
    const runs = async () => {
      const { info } = await schedule.describe()
      return { taken: info.numActionsTaken, running: info.runningActions.length }
    }
    const before = (await runs()).taken
    await schedule.trigger('ALLOW_ALL')
    await until(
      'housekeeping is done',
      async () => {
        const { taken, running } = await runs()
        return taken > before && running === 0
      },
      90_000,
    )
  } finally {
    await connection.close()
  }
}
