import { AppError } from '../src/errors.js'
import { compileTask, type JobFiles, loadFiles } from '../src/jobs/edits/plan-edit.js'
import { fingerprintOutputs, reuseOutputs } from '../src/jobs/edits/reuse-outputs.js'
import { partsPrefix, processedPrefix } from '../src/jobs/keys.js'
import type { JobId, Owner } from '../src/jobs/model.js'
import type { CompileTask } from '../src/jobs/ports/calculations.js'
import type { MediaSlots } from '../src/jobs/ports/repositories.js'
import type { CompileOptions } from '../src/plan/compile.js'
import type { Plan } from '../src/plan/model/plan.js'
import { fromCapacity, type Spreading } from '../src/plan/model/spreading.js'
import { type Task, taskGraph } from '../src/plan/task-graph.js'
import type { ActivityDeps } from './deps.js'
import { findSlots, type Places, placesFor } from './find-slots.js'
import { loadJob, loadOtherVideos } from './load.js'
import { isMeasured } from './probe.js'

type PhasedTask = Omit<Task, 'needs'>

/** A plan in histories of older versions. */
interface PhasedPlan {
  /** Absent in still older histories. */
  readonly measurements?: readonly PhasedTask[]
  readonly passes: readonly PhasedTask[]
  readonly derived: readonly PhasedTask[]
}

/** A plan in histories of this version and a few before it. Without places all tasks may begin at once. */
interface OrderedPlan extends Partial<Places> {
  /** In the order in which they should begin. */
  readonly tasks: readonly Task[]
}

/** The answer of `plan`, now and in stored histories. */
export type Planned = OrderedPlan | PhasedPlan

/**
 * Compiles the job's edit and saves the plan. An edit that cannot be rendered fails here, before anything is encoded.
 * null: a source has not been measured yet.
 */
export function createPlan(deps: ActivityDeps) {
  const { jobs } = deps.repositories
  return async function plan(input: { readonly jobId: string }): Promise<Planned | null> {
    const { job, jobId, video } = await loadJob(deps.repositories, input.jobId)
    const sources = [video, ...(await loadOtherVideos(deps, job))]
    if (!sources.every(isMeasured)) return null
    const { owner, edit, assetIds, workflowId } = job
    await jobs.enterStage(jobId, 'planning', workflowId)
    if (!edit) throw new AppError('internal', 'The job has no edit.')
    const slots = await findSlots(deps)
    const files = await loadFiles(deps, { owner, edit, assetIds }, video)
    const compiled = await makePlan(deps, { jobId, owner, slots }, files)
    // An overlapping attempt may have saved its plan first. The passes read the plan that is stored.
    const standing = await jobs.savePlan(jobId, compiled, workflowId)
    await jobs.enterStage(jobId, 'rendering', workflowId)
    return { tasks: taskGraph(standing), ...placesFor(slots) }
  }
}

interface Planning {
  readonly jobId: JobId
  readonly owner: Owner
  readonly slots: MediaSlots
}

/** Compiles the whole edit first: the sources and settings of an output do not depend on how it is spread. */
async function makePlan(deps: ActivityDeps, job: Planning, files: JobFiles): Promise<Plan> {
  const { jobId, owner } = job
  const outputPrefix = processedPrefix(jobId)
  const copies = { kind: 'copies', partPrefix: partsPrefix(jobId) } as const
  const compile = async (options: CompileOptions, needs: Partial<CompileTask> = {}) =>
    deps.calculations.compile(owner, { ...(await compileTask(deps, files, options)), ...needs })
  // It is not run: what ffmpeg lacks is looked for in the plan that is.
  const whole = await compile({ outputPrefix, spreading: copies }, { missing: [] })
  const fingerprints = fingerprintOutputs(whole, files.hashes)
  const stored = await reuseOutputs(deps, owner, whole.outputs, fingerprints)
  const spreading = await chooseSpreading(deps, job)
  const spread = await compile({ outputPrefix, spreading, stored })
  const outputs = spread.outputs.map((output) => ({
    ...output,
    fingerprint: fingerprints.get(output.name) ?? null,
  }))
  return { ...spread, outputs }
}

/** A job that was planned before keeps its passes, whatever the slots are now: some of them may be completed. */
async function chooseSpreading(deps: ActivityDeps, { jobId, slots }: Planning): Promise<Spreading> {
  const earlier = await deps.repositories.jobs.loadPlan(jobId)
  return fromCapacity(earlier?.capacity ?? { ...slots, partPrefix: partsPrefix(jobId) })
}
