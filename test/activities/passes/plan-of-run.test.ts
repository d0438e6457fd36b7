import { expect, test } from 'vitest'
import { createPlanOfRun } from '../../../activities/passes/plan-of-run.js'
import { AppError } from '../../../src/errors.js'
import type { JobId } from '../../../src/jobs/model.js'
import type { Plan } from '../../../src/plan/model/plan.js'
import { useWorld } from '../../jobs/world.js'
import { attempt, startRendering } from '../world.js'

const world = useWorld()

/** A job with what its activities get as its plan, while the database has `stored`. */
async function planned(stored: (plan: Plan, loaded: number) => Plan | null) {
  const { job, plan } = await startRendering(world())
  let loaded = 0
  const loadPlan = (id: JobId) => Promise.resolve(id === job.id ? stored(plan, ++loaded) : null)
  const planOfRun = createPlanOfRun({ loadPlan })
  const inRun = (runId: string): Promise<Plan | null> =>
    attempt(1, { workflowId: job.workflowId, runId }).run(() => planOfRun(job.id))
  return { plan, inRun, loaded: () => loaded }
}

test('passes of a run share a plan that is loaded once, even when they begin together', async () => {
  const { plan, inRun, loaded } = await planned((one) => one)
  const plans = [...(await Promise.all([inRun('first'), inRun('first')])), await inRun('first')]
  expect(plans).toEqual([plan, plan, plan])
  expect(loaded()).toBe(1)
})

test('a job that is run again uses its new plan', async () => {
  const { plan, inRun } = await planned((one, loaded) => ({ ...one, passes: one.passes.slice(loaded - 1) }))
  expect((await inRun('first'))?.passes).toEqual(plan.passes)
  expect((await inRun('second'))?.passes).toEqual([])
  expect((await inRun('first'))?.passes).toEqual(plan.passes)
})

test('a plan that could not be loaded, or was missing, is loaded again', async () => {
  const { plan, inRun } = await planned((one, loaded) => {
    if (loaded === 1) throw new AppError('db-unavailable', 'The database does not answer.')
    return loaded === 2 ? null : one
  })
  await expect(inRun('first')).rejects.toMatchObject({ code: 'db-unavailable' })
  expect(await inRun('first')).toBeNull()
  expect(await inRun('first')).toEqual(plan)
})
