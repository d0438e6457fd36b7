import { AppError } from '../src/errors.js'
import { partsPrefix, processedPrefix } from '../src/jobs/keys.js'
import type { JobId } from '../src/jobs/model.js'
import { planEdit } from '../src/jobs/plan-edit.js'
import type { Capacity } from '../src/plan/chunks/capacity.js'
import { taskGraph, type Task } from '../src/plan/task-graph.js'
import type { ActivityDeps } from './deps.js'
import { loadJob } from './load.js'

type PhasedTask = Omit<Task, 'needs'>

/** Absent in histories of still older versions: measurements. */
interface PhasedPlan {
  readonly measurements?: readonly PhasedTask[]
  readonly passes: readonly PhasedTask[]
  readonly derived: readonly PhasedTask[]
}

/** What `plan` answers, and has answered in stored histories. */
export type Planned = { readonly tasks: readonly Task[] } | PhasedPlan

/** Compiles the job's edit and saves the plan. A user's mistakes end here, before any encode. */
export function createPlan(deps: ActivityDeps) {
  const { jobs } = deps.repositories
  return async function plan(input: { readonly jobId: string }): Promise<Planned> {
    const { job, jobId, video } = await loadJob(deps.repositories, input.jobId)
    await jobs.enterStage(jobId, 'planning')
    if (!job.edit) throw new AppError('internal', 'The job has no edit.')
    const { owner, edit } = job
    const capacity = await chooseCapacity(deps, jobId)
    const compilation = await planEdit(deps, { owner, edit }, video, processedPrefix(jobId), capacity)
    if (!compilation.ok) {
      const message = compilation.issues.map((issue) => issue.message).join('; ')
      throw new AppError('edit-unrenderable', message, { issues: compilation.issues })
    }
    await jobs.savePlan(jobId, compilation.plan)
    await jobs.enterStage(jobId, 'rendering')
    return { tasks: taskGraph(compilation.plan) }
  }
}

/** A job that was planned before keeps its passes, whoever works now: some of them may be done. */
async function chooseCapacity(deps: ActivityDeps, jobId: JobId): Promise<Capacity> {
  const earlier = await deps.repositories.jobs.loadPlan(jobId)
  if (earlier?.capacity) return earlier.capacity
  const seen = await deps.orchestrator.mediaSlots()
  // A worker that has had no slot free for long is not seen.
  const { slots, threadsPerSlot } = seen.slots > deps.ownSlots.slots ? seen : deps.ownSlots
  return { slots, threadsPerSlot, partPrefix: partsPrefix(jobId) }
}
