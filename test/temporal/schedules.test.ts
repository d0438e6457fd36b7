import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { TemporalServer } from '../../src/platform/temporal-server.js'
import { CONTROL_QUEUE, WORKFLOW_TYPES } from '../../src/temporal/names.js'
import { ensureSchedules, keepSchedules } from '../../src/temporal/schedules.js'
import { tempDir } from '../platform/support.js'
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

describe('while a worker lives, the schedules', () => {
  const names = [WORKFLOW_TYPES.sweep, WORKFLOW_TYPES.housekeeping]

  async function scheduled({ client }: typeof orchestrator): Promise<string[]> {
    const found = []
    for await (const { scheduleId } of client.schedule.list()) found.push(scheduleId)
    return found.sort()
  }

  test('are made again when Temporal has lost its data', async () => {
    const dbFile = join(await tempDir(), 'temporal', 'temporal.db')
    const first = await startOwnServer({ dbFile })
    const port = Number(new URL(`http://${first.address}`).port)
    const connected = connectTo(first)
    onTestFinished(() => connected.close())
    const stop = await keepSchedules(connected.client, pino({ level: 'silent' }), 200)
    onTestFinished(stop)
    await until('they are listed', async () => (await scheduled(connected)).length === 2)
    await first.stop()
    await rm(dirname(dbFile), { recursive: true })
    const second = await startOwnServer({ dbFile, port })
    onTestFinished(() => second.stop())
    await until('they are there', async () => (await scheduled(connected)).length === 2, 60_000)
    expect(await scheduled(connected)).toEqual(names.toSorted())
  }, 120_000)

  test('are made again when somebody has deleted one, and are left as they are otherwise', async () => {
    const { client } = orchestrator
    await ensureSchedules(client)
    const sweep = client.schedule.getHandle(WORKFLOW_TYPES.sweep)
    await sweep.pause('by hand')
    await until('it is paused', async () => (await sweep.describe()).state.paused)
    const stop = await keepSchedules(client, pino({ level: 'silent' }), 200)
    onTestFinished(stop)
    await client.schedule.getHandle(WORKFLOW_TYPES.housekeeping).delete()
    await until('it is there', async () => (await scheduled(orchestrator)).length === 2, 60_000)
    expect((await sweep.describe()).state).toMatchObject({ paused: true, note: 'by hand' })
  }, 120_000)
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
