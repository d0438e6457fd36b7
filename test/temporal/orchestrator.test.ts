import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Owner } from '../../src/jobs/model.js'
import { startTemporalServer, type TemporalServer } from '../../src/platform/temporal-server.js'
import { readTools } from '../../src/platform/tools.js'
import { WORKFLOW_TYPES } from '../../src/temporal/names.js'
import { createOrchestrator } from '../../src/temporal/orchestrator.js'
import { ensureSchedules } from '../../src/temporal/schedules.js'
import { newJob, newVideo } from '../support/records.js'

/** A Temporal of its own, without a worker. */
let server: TemporalServer
let orchestrator: ReturnType<typeof createOrchestrator>

beforeAll(async () => {
  server = await startTemporalServer({
    binary: readTools().temporalPath ?? 'temporal',
    port: 0,
    uiPort: null,
    dbFile: null,
    log: () => undefined,
  })
  orchestrator = createOrchestrator({ address: server.address, namespace: 'default', uiUrl: null })
})
afterAll(async () => {
  await orchestrator.close()
  await server.stop()
})

const describeWorkflow = (workflowId: string) => orchestrator.client.workflow.getHandle(workflowId).describe()

describe('starting a job', () => {
  test('again and at the same time is starting it once', async () => {
    const job = newJob(newVideo().id)
    await Promise.all(Array.from({ length: 8 }, () => orchestrator.start(job)))
    const { runId } = await describeWorkflow(job.workflowId)
    await orchestrator.start(job)
    expect((await describeWorkflow(job.workflowId)).runId).toBe(runId)
  })

  test('that has ended starts nothing', async () => {
    const job = newJob(newVideo().id)
    await orchestrator.start(job)
    const { runId } = await describeWorkflow(job.workflowId)
    await orchestrator.client.workflow.getHandle(job.workflowId).terminate()
    await orchestrator.start(job)
    expect(await describeWorkflow(job.workflowId)).toMatchObject({ runId, status: { name: 'TERMINATED' } })
  })

  test('says how urgent it is and whose, by which its tasks are handed out', async () => {
    const job = { ...newJob(newVideo().id), priority: 1, owner: 'acme' as Owner }
    await orchestrator.start(job)
    const { priority } = await describeWorkflow(job.workflowId)
    expect(priority).toMatchObject({ priorityKey: 1, fairnessKey: 'acme' })
  })
})

describe('the schedules', () => {
  test('of an older version become those of this one, and stay paused where an operator paused them', async () => {
    const { schedule } = orchestrator.client
    await ensureSchedules(orchestrator.client)
    const sweep = schedule.getHandle(WORKFLOW_TYPES.sweep)
    const wanted = await sweep.describe()
    await sweep.update((now) => ({ ...now, spec: { intervals: [{ every: '3h' }] } }))
    await sweep.pause('by hand')
    await ensureSchedules(orchestrator.client)
    const { spec, action, policies, state } = await sweep.describe()
    expect({ spec, action, policies }).toEqual({
      spec: wanted.spec,
      action: wanted.action,
      policies: wanted.policies,
    })
    expect(state).toMatchObject({ paused: true, note: 'by hand' })
  })
})
