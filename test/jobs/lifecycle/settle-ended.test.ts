import { describe, expect, test } from 'vitest'
import { judge, settleEnded } from '../../../src/jobs/lifecycle/settle-ended.js'
import type { NewJob, WorkflowState } from '../../../src/jobs/ports/repositories.js'
import { newJob } from '../../support/records.js'
import { useWorld } from '../world.js'

const world = useWorld()

async function addBegun(): Promise<NewJob> {
  const { jobs } = world().deps.repositories
  const job = newJob((await world().addVideo()).id)
  await jobs.create(job, null)
  await jobs.enterStage(job.id, 'rendering')
  return job
}

const jobOf = ({ id }: NewJob) => world().deps.repositories.jobs.getById(id)

describe('a job whose workflow ended without writing its end', () => {
  test.each<[WorkflowState, object | string]>([
    ['running', 'leave'],
    ['cancelled', { status: 'cancelled', errorCode: null }],
    ['terminated', { status: 'failed', errorCode: 'job-stopped' }],
    ['timed-out', { status: 'failed', errorCode: 'job-timed-out' }],
    ['failed', { status: 'failed', errorCode: 'internal' }],
    ['completed', { status: 'failed', errorCode: 'internal' }],
    ['unknown', { status: 'failed', errorCode: 'job-lost' }],
  ])('follows from its state: %s', (state, verdict) => {
    const found = judge({ status: 'processing' }, state)
    if (typeof verdict === 'string') expect(found).toBe(verdict)
    else expect(found).toMatchObject(verdict)
  })

  test('one that has not begun starts again when its workflow is unknown', () => {
    expect(judge({ status: 'pending' }, 'unknown')).toBe('start')
  })

  test('a cancelled one leaves no parts', async () => {
    const job = await addBegun()
    const { path } = await world().receive('a part')
    await world().deps.storage.putFile(`parts/${job.id}/1.ts`, path, 'replace')
    world().orchestrator.states.set(job.workflowId, 'cancelled')
    expect(await settleEnded(world().deps)).toBe(1)
    expect(await jobOf(job)).toMatchObject({ status: 'cancelled', errorCode: null })
    expect(await world().files()).not.toContain(`parts/${job.id}/1.ts`)
  })

  test('an end that the workflow has written in the meantime stands', async () => {
    const job = await addBegun()
    const { deps } = world()
    const stateOf = async (): Promise<WorkflowState> => {
      const end = { status: 'completed', errorCode: null, errorMessage: null } as const
      await deps.repositories.jobs.finish(job.id, end)
      return 'completed'
    }
    const orchestrator = { ...deps.orchestrator, stateOf }
    expect(await settleEnded({ ...deps, orchestrator })).toBe(0)
    expect(await jobOf(job)).toMatchObject({ status: 'completed' })
  })

  test('one that was retried in the meantime belongs to its next workflow', async () => {
    const job = await addBegun()
    const { deps } = world()
    const { jobs } = deps.repositories
    const stateOf = async (): Promise<WorkflowState> => {
      await jobs.finish(job.id, { status: 'cancelled', errorCode: null, errorMessage: null })
      await jobs.restart(job.id, job.workflowId, `${job.workflowId}.2`)
      return 'cancelled'
    }
    expect(await settleEnded({ ...deps, orchestrator: { ...deps.orchestrator, stateOf } })).toBe(0)
    expect(await jobOf(job)).toMatchObject({ status: 'pending', workflowId: `${job.workflowId}.2` })
  })

  test('each gets its turn, however many cannot be settled', async () => {
    const { deps, orchestrator } = world()
    const { jobs } = deps.repositories
    const [first, second, last] = [await addBegun(), await addBegun(), await addBegun()]
    for (const { workflowId } of [first, second]) orchestrator.states.set(workflowId, 'running')
    orchestrator.states.set(last.workflowId, 'terminated')
    const listStarted: typeof jobs.listStarted = (except) => jobs.listStarted(except, 2)
    const settleTwo = () =>
      settleEnded({ ...deps, repositories: { ...deps.repositories, jobs: { ...jobs, listStarted } } })
    expect(await settleTwo()).toBe(0)
    expect(await settleTwo()).toBe(1)
    expect(await jobOf(last)).toMatchObject({ status: 'failed', errorCode: 'job-stopped' })
    for (const { id } of [first, second]) {
      await jobs.finish(id, { status: 'cancelled', errorCode: null, errorMessage: null })
    }
  })

  test('one that cannot be settled does not hold up the others', async () => {
    const [bad, good] = [await addBegun(), await addBegun()]
    const { deps, orchestrator } = world()
    orchestrator.states.set(good.workflowId, 'terminated')
    const stateOf = (workflowId: string) =>
      workflowId === bad.workflowId ? Promise.reject(new Error('odd')) : orchestrator.stateOf(workflowId)
    expect(await settleEnded({ ...deps, orchestrator: { ...orchestrator, stateOf } })).toBe(1)
    expect(await jobOf(bad)).toMatchObject({ status: 'processing' })
    expect(await jobOf(good)).toMatchObject({ status: 'failed', errorCode: 'job-stopped' })
  })
})
