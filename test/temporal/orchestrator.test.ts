import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Owner } from '../../src/jobs/model.js'
import type { NewJob } from '../../src/jobs/ports/repositories.js'
import type { TemporalServer } from '../../src/platform/temporal-server.js'
import { CONTROL_QUEUE } from '../../src/temporal/names.js'
import { newJob, newVideo } from '../support/records.js'
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

const describeWorkflow = (workflowId: string) => orchestrator.client.workflow.getHandle(workflowId).describe()

describe('starting a job', () => {
  test('several times at once starts it once', async () => {
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

  test('passes on its priority and its owner, which decide the order of its tasks', async () => {
    const job = { ...newJob(newVideo().id), priority: 1, owner: 'acme' as Owner }
    await orchestrator.start(job)
    const { priority } = await describeWorkflow(job.workflowId)
    expect(priority).toMatchObject({ priorityKey: 1, fairnessKey: 'acme' })
  })
})

describe('operators find jobs by their owner', () => {
  const ATTRIBUTE = 'CutroomOwner'
  const startOne = async (owner: string) => {
    const job = newJob(newVideo().id, { owner: owner as Owner })
    await orchestrator.start(job)
    return job.workflowId
  }
  const attributesOf = async (workflowId: string) =>
    (await describeWorkflow(workflowId)).typedSearchAttributes.getAll()

  test('as soon as Temporal knows the attribute; until then jobs start without it', async () => {
    // The server takes some seconds to see it.
    await expect
      .poll(async () => attributesOf(await startOne('searched')), { timeout: 60_000, interval: 1000 })
      .toMatchObject([{ key: { name: ATTRIBUTE }, value: 'searched' }])
    const query = `${ATTRIBUTE} = 'searched'`
    await expect
      .poll(async () => {
        const found = []
        for await (const { workflowId } of orchestrator.client.workflow.list({ query }))
          found.push(workflowId)
        return found.length
      })
      .toBeGreaterThan(0)
  }, 90_000)

  test('and where Temporal has forgotten the attribute, jobs start without it', async () => {
    await orchestrator.client.connection.operatorService.removeSearchAttributes({
      namespace: 'default',
      searchAttributes: [ATTRIBUTE],
    })
    for (let count = 0; count < 3; count += 1) {
      expect((await describeWorkflow(await startOne('forgotten'))).status.name).toBe('RUNNING')
    }
  })
})

describe('waiting tasks are handed out', () => {
  const MANY = 80
  const POLLERS = 8

  test.each<[string, Partial<NewJob>]>([
    ['in fair shares to all owners, however much one has posted', { owner: 'small' as Owner }],
    ['by priority first', { owner: 'large' as Owner, priority: 1 }],
  ])('%s', async (_, changes) => {
    const many = Array.from({ length: MANY }, () => newJob(newVideo().id, { owner: 'large' as Owner }))
    for (const job of many) await orchestrator.start(job)
    const late = newJob(newVideo().id, changes)
    await orchestrator.start(late)
    // Last, if it had to wait for all of them. Tasks that the server has taken up before come first all the same.
    expect(await placeOf(late.workflowId)).toBeLessThanOrEqual(MANY / 2)
    for (const { workflowId } of many) await orchestrator.client.workflow.getHandle(workflowId).terminate()
  })

  /** The number of workflow tasks that are handed out to the pollers of a worker before that of this workflow. */
  async function placeOf(wanted: string): Promise<number> {
    const { client } = orchestrator
    const taskQueue = { name: CONTROL_QUEUE }
    const poll = () =>
      client.withDeadline(Date.now() + 20_000, () =>
        client.workflowService.pollWorkflowTaskQueue({ namespace: 'default', taskQueue }),
      )
    for (let place = POLLERS; place <= MANY; place += POLLERS) {
      const tasks = await Promise.all(Array.from({ length: POLLERS }, poll))
      if (tasks.some(({ workflowExecution }) => workflowExecution?.workflowId === wanted)) return place
    }
    throw new Error('it was not handed out')
  }
})
