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
  ])('is settled by the state of the workflow: %s', (state, verdict) => {
    const found = judge({ status: 'processing' }, state)
    if (typeof verdict === 'string') expect(found).toBe(verdict)
    else expect(found).toMatchObject(verdict)
  })

  test('starts again when it has not begun and its workflow is unknown', () => {
    expect(judge({ status: 'pending' }, 'unknown')).toBe('start')
  })

  test('has no parts left when it was cancelled', async () => {
    const job = await addBegun()
    const { path } = await world().receive('a part')
    await world().deps.storage.putFile(`parts/${job.id}/1.ts`, path, 'replace')
    world().orchestrator.states.set(job.workflowId, 'cancelled')
    expect(await settleEnded(world().deps)).toBe(1)
    expect(await jobOf(job)).toMatchObject({ status: 'cancelled', errorCode: null })
    expect(await world().files()).not.toContain(`parts/${job.id}/1.ts`)
  })

  test('keeps an end that the workflow has written in the meantime', async () => {
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

  test('belongs to its next workflow when it was retried in the meantime', async () => {
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

  test('gets its turn, however many others cannot be settled', async () => {
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

  test('does not hold up the others when it cannot be settled', async () => {
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
