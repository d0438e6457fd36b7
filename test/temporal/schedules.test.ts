import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TemporalServer } from '../../src/platform/temporal-server.js'
import { CONTROL_QUEUE, WORKFLOW_TYPES } from '../../src/temporal/names.js'
import { ensureSchedules } from '../../src/temporal/schedules.js'
import { until } from '../support/until.js'
import { connectTo, startOwnServer } from './own-server.js'

let server: TemporalServer
let orchestrator: ReturnType<typeof connectTo>

beforeAll(async () => {
  server = await startOwnServer()
  orchestrator = connectTo(server)
})
afterAll(async () => {
  await orchestrator.close()
  await server.stop()
})

const MINUTE_MS = 60_000

describe('the schedules', () => {
  test('of an older version are updated to this one, and stay paused where an operator paused them', async () => {
    const { schedule } = orchestrator.client
    await ensureSchedules(orchestrator.client)
    const sweep = schedule.getHandle(WORKFLOW_TYPES.sweep)
    const wanted = await sweep.describe()
    await sweep.update((now) => ({ ...now, spec: { intervals: [{ every: '3h' }] } }))
    await until(
      'it is another',
      async () => (await sweep.describe()).spec.intervals?.[0]?.every !== MINUTE_MS,
    )
    await sweep.pause('by hand')
    await until('it is paused', async () => (await sweep.describe()).state.paused)
    await ensureSchedules(orchestrator.client)
    const isWanted = async () => {
      const { spec, action, policies } = await sweep.describe()
      return isDeepStrictEqual([spec, action, policies], [wanted.spec, wanted.action, wanted.policies])
    }
    await until('it is the one of this version', isWanted)
    expect((await sweep.describe()).state).toMatchObject({ paused: true, note: 'by hand' })
  })
})

test.each(['sweep', 'housekeeping'])(
  '%s is scheduled once, even when two processes ask',
  async (workflowType) => {
    const { client } = orchestrator
    await Promise.all([ensureSchedules(client), ensureSchedules(client)])
    const { action, policies } = await client.schedule.getHandle(workflowType).describe()
    expect(action).toMatchObject({ workflowType, taskQueue: CONTROL_QUEUE })
    expect(policies.overlap).toBe('SKIP')
  },
)
