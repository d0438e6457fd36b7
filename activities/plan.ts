import { AppError } from '../src/errors.js'
import { type JobSources, loadSources } from '../src/jobs/edits/plan-edit.js'
import { planOf } from '../src/jobs/edits/plan-of.js'
import { fingerprintOutputs, reuseOutputs } from '../src/jobs/edits/reuse-outputs.js'
import { partsPrefix, processedPrefix } from '../src/jobs/keys.js'
import type { JobId, Owner } from '../src/jobs/model.js'
import type { MediaSlots } from '../src/jobs/ports/repositories.js'
import { compileEdit } from '../src/plan/compile.js'
import { type Capacity, unspread } from '../src/plan/model/capacity.js'
import type { Plan } from '../src/plan/model/plan.js'
import { type Task, taskGraph } from '../src/plan/task-graph.js'
import type { ActivityDeps } from './deps.js'
import { findSlots, placesFor } from './find-slots.js'
import { loadJob, loadOtherVideos } from './load.js'
import { isMeasured } from './probe.js'

type PhasedTask = Omit<Task, 'needs'>

/** Absent in histories of still older versions: measurements. */
interface PhasedPlan {
  readonly measurements?: readonly PhasedTask[]
  readonly passes: readonly PhasedTask[]
  readonly derived: readonly PhasedTask[]
}

/** The order of the tasks is that in which they are best begun. */
interface OrderedPlan {
  readonly tasks: readonly Task[]
  /** Passes to have out at once. Absent in histories of older versions: all. */
  readonly slots?: number
}

/** What `plan` answers, and has answered in stored histories. */
export type Planned = OrderedPlan | PhasedPlan

/**
 * Compiles the job's edit and saves the plan. A user's mistakes end here, before any encode. null: a source has not
 * been measured yet.
 */
export function createPlan(deps: ActivityDeps) {
  const { jobs } = deps.repositories
  return async function plan(input: { readonly jobId: string }): Promise<Planned | null> {
    const { job, jobId, video } = await loadJob(deps.repositories, input.jobId)
    const sources = [video, ...(await loadOtherVideos(deps, job))]
    if (!sources.every(isMeasured)) return null
    await jobs.enterStage(jobId, 'planning')
    if (!job.edit) throw new AppError('internal', 'The job has no edit.')
    const { owner, edit } = job
    const slots = await findSlots(deps)
    const loaded = await loadSources(deps, { owner, edit }, video)
    const compiled = await makePlan(deps, { jobId, owner, slots }, loaded)
    await jobs.savePlan(jobId, compiled)
    await jobs.enterStage(jobId, 'rendering')
    return { tasks: taskGraph(compiled), slots: placesFor(slots) }
  }
}

interface Planning {
  readonly jobId: JobId
  readonly owner: Owner
  readonly slots: MediaSlots
}

/** Whole first: what an output is made of and how is the same, however it is spread. */
async function makePlan(deps: ActivityDeps, job: Planning, loaded: JobSources): Promise<Plan> {
  const { jobId, owner } = job
  const { edit, sources, hashes } = loaded
  const prefix = processedPrefix(jobId)
  const whole = planOf(compileEdit(edit, sources, prefix, unspread(partsPrefix(jobId))))
  const fingerprints = fingerprintOutputs(whole, hashes)
  const stored = await reuseOutputs(deps, owner, whole.outputs, fingerprints)
  const spread = planOf(compileEdit(edit, sources, prefix, await chooseCapacity(deps, job), stored))
  const outputs = spread.outputs.map((output) => ({
    ...output,
    fingerprint: fingerprints.get(output.name) ?? null,
  }))
  return { ...spread, outputs }
}

/** A job that was planned before keeps its passes, whoever works now: some of them may be done. */
async function chooseCapacity(deps: ActivityDeps, { jobId, slots }: Planning): Promise<Capacity> {
  const earlier = await deps.repositories.jobs.loadPlan(jobId)
  return earlier?.capacity ?? { ...slots, partPrefix: partsPrefix(jobId) }
}
