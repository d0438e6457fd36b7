import { AppError } from '../src/errors.js'
import { processedPrefix } from '../src/jobs/keys.js'
import { planEdit } from '../src/jobs/plan-edit.js'
import type { PassKind } from '../src/plan/plan.js'
import type { ActivityDeps } from './deps.js'
import { loadJob } from './load.js'

/** A pass as the workflow knows it. */
export interface PassTask {
  readonly name: string
  readonly kind: PassKind
  readonly summary: string
}

interface Tasks {
  /** For before the passes, one after another. Absent in histories of an older version. */
  readonly measurements?: readonly PassTask[]
  readonly passes: readonly PassTask[]
  /** For when all passes are done. */
  readonly derived: readonly PassTask[]
}

/** Compiles the job's edit and saves the plan. A user's mistakes end here, before any encode. */
export function createPlan(deps: ActivityDeps) {
  const { jobs } = deps.repositories
  return async function plan(input: { readonly jobId: string }): Promise<Tasks> {
    const { job, jobId, video } = await loadJob(deps.repositories, input.jobId)
    await jobs.enterStage(jobId, 'planning')
    if (!job.edit) throw new AppError('internal', 'The job has no edit.')
    const compilation = await planEdit(
      deps,
      { owner: job.owner, edit: job.edit },
      video,
      processedPrefix(jobId),
    )
    if (!compilation.ok) {
      const message = compilation.issues.map((issue) => issue.message).join('; ')
      throw new AppError('edit-unrenderable', message, { issues: compilation.issues })
    }
    await jobs.savePlan(jobId, compilation.plan)
    await jobs.enterStage(jobId, 'rendering')
    const { measurements, passes, derived } = compilation.plan
    return {
      measurements: measurements.map(toTask),
      passes: passes.map(toTask),
      derived: derived.map(toTask),
    }
  }
}

function toTask({ name, kind, summary }: PassTask): PassTask {
  return { name, kind, summary }
}
