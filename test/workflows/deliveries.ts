import { expect, test } from 'vitest'
import { until } from '../support/until.js'
import { runWorkflow } from './run-workflow.js'
import { createStandIns } from './stand-in-activities.js'

/** The workflow that delivers the events of an endpoint. */
export function describeDeliveries(): void {
  test('waits as long as the deliveries ask for, and ends when none is left', async () => {
    const { activities, recorded } = createStandIns({ waits: [0, 50] })
    await runWorkflow('deliverEvents', activities, (handle) => handle.result())
    expect(recorded.calls).toEqual(['deliverDue', 'deliverDue', 'deliverDue'])
  })

  test('begins at once when it is called, however long it has to wait', async () => {
    const { activities, recorded } = createStandIns({ waits: [86_400_000] })
    await runWorkflow('deliverEvents', activities, async (handle) => {
      await until('it waits', () => recorded.calls.length === 1)
      await handle.signal('deliverNow')
      await handle.result()
    })
    expect(recorded.calls.length).toBeGreaterThanOrEqual(2)
  })

  test('begins anew before its history grows long', async () => {
    const { activities, recorded } = createStandIns({ waits: Array.from({ length: 55 }, () => 0) })
    await runWorkflow('deliverEvents', activities, async (handle) => {
      await handle.result()
      expect((await handle.fetchHistory()).events?.length).toBeLessThan(100)
    })
    expect(recorded.calls).toHaveLength(56)
  })
}
