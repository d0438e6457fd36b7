import { access } from 'node:fs/promises'
import type { Client } from '@temporalio/client'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { settleEnded } from '../../../src/jobs/lifecycle/settle-ended.js'
import { startWorkflow } from '../../../src/jobs/lifecycle/start-unstarted.js'
import type { JobId } from '../../../src/jobs/model.js'
import type { NewJob } from '../../../src/jobs/ports/repositories.js'
import type { TemporalServer } from '../../../src/platform/temporal-server.js'
import { CONTROL_QUEUE, WORKFLOW_TYPES } from '../../../src/temporal/names.js'
import { newJob } from '../../support/records.js'
import { until } from '../../support/until.js'
import { connectTo, startOwnServer } from '../../temporal/own-server.js'
import { useWorld } from '../world.js'

const world = useWorld()
let server: TemporalServer
let orchestrator: ReturnType<typeof connectTo>
let client: Client

beforeAll(async () => {
  server = await startOwnServer()
  orchestrator = connectTo(server)
  ;({ client } = orchestrator)
})
afterAll(async () => {
  await orchestrator.close()
  await server.stop()
})

const jobOf = (id: JobId) => world().deps.repositories.jobs.getById(id)
const settle = (of = orchestrator) => settleEnded({ ...world().deps, orchestrator: of })

/** An accepted job whose workflow was started. A processing one also has unfinished files. */
async function addStarted(status: 'pending' | 'processing'): Promise<NewJob> {
  const { repositories, storage, workFolders } = world().deps
  const job = newJob((await world().addVideo()).id)
  await repositories.jobs.create(job, null)
  await startWorkflow({ repositories, orchestrator }, job)
  if (status === 'processing') {
    await repositories.jobs.enterStage(job.id, 'rendering')
    await workFolders.create(`${job.id}/transcode.attempt`)
    const { path } = await world().receive('a part')
    await storage.putFile(`parts/${job.id}/1.ts`, path, 'replace')
  }
  onTestFinished(async () => {
    await repositories.jobs.finish(job.id, { status: 'cancelled', errorCode: null, errorMessage: null })
  })
  return job
}

const workFolder = async ({ id }: NewJob) => {
  const root = (await world().deps.workFolders.create('here')).replace(/here$/, '')
  return access(`${root}${id}`)
}

describe('a job whose workflow may have ended', () => {
  test('is left alone with its work while the workflow runs', async () => {
    const [waiting, begun] = [await addStarted('pending'), await addStarted('processing')]
    const jobs = [waiting, begun]
    expect(await settle()).toBe(0)
    for (const { id, workflowId } of jobs) {
      expect(await orchestrator.stateOf(workflowId)).toBe('running')
      expect((await jobOf(id))?.errorCode).toBeNull()
    }
    await expect(workFolder(begun)).resolves.toBeUndefined()
    await until('they are listed', async () => {
      const running = await orchestrator.listRunning()
      return jobs.every(({ workflowId }) => running.has(workflowId))
    })
    expect(await settle()).toBe(0)
  })

  test('has failed when an operator terminated the workflow, and can be retried with its parts', async () => {
    const job = await addStarted('processing')
    await client.workflow.getHandle(job.workflowId).terminate('by hand')
    await until('it is no longer listed', async () => !(await orchestrator.listRunning()).has(job.workflowId))
    expect(await settle()).toBe(1)
    expect(await jobOf(job.id)).toMatchObject({
      status: 'failed',
      stage: 'done',
      errorCode: 'job-stopped',
      errorMessage: 'An operator stopped the job. Retry it: finished parts are kept.',
    })
    await expect(workFolder(job)).rejects.toThrow('ENOENT')
    expect(await world().files()).toContain(`parts/${job.id}/1.ts`)
    expect(await settle()).toBe(0)
  })

  test('has failed when the workflow timed out', async () => {
    const { repositories } = world().deps
    const job = newJob((await world().addVideo()).id)
    await repositories.jobs.create(job, null)
    const handle = await client.workflow.start(WORKFLOW_TYPES.edit, {
      workflowId: job.workflowId,
      taskQueue: CONTROL_QUEUE,
      args: [{ jobId: job.id }],
      workflowExecutionTimeout: '1s',
    })
    await repositories.jobs.markStarted(job.id)
    await expect(handle.result()).rejects.toThrow()
    await until('it is settled', async () => (await settle()) === 1)
    expect(await jobOf(job.id)).toMatchObject({ status: 'failed', errorCode: 'job-timed-out' })
  })

  test('has failed, or starts again if it had not begun, when Temporal has lost its data', async () => {
    const [waiting, begun] = [await addStarted('pending'), await addStarted('processing')]
    const empty = await startOwnServer()
    onTestFinished(() => empty.stop())
    const fresh = connectTo(empty)
    onTestFinished(() => fresh.close())
    expect(await settle(fresh)).toBe(2)
    expect(await fresh.stateOf(waiting.workflowId)).toBe('running')
    expect(await jobOf(waiting.id)).toMatchObject({ status: 'pending' })
    expect(await jobOf(begun.id)).toMatchObject({ status: 'failed', errorCode: 'job-lost' })
  })

  test('is left alone while Temporal is unavailable', async () => {
    const job = await addStarted('processing')
    const gone = await startOwnServer()
    const away = connectTo(gone)
    onTestFinished(() => away.close())
    await gone.stop()
    await expect(settle(away)).rejects.toMatchObject({ code: 'orchestrator-unavailable' })
    expect(await jobOf(job.id)).toMatchObject({ status: 'processing' })
  })
})
