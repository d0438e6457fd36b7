import { v7 as uuidv7 } from 'uuid'
import type { Edit } from '../../edit/operation.js'
import { AppError, type FieldIssue } from '../../errors.js'
import type { CompileOptions } from '../../plan/compile.js'
import type { Plan } from '../../plan/model/plan.js'
import { estimatePlanBytes } from '../../plan/renditions/file-size.js'
import type { JobsDeps } from '../deps.js'
import { requireRoom } from '../disk-budget.js'
import { PLANNED_PARTS_PREFIX, PLANNED_PREFIX, processedPrefix, workflowId } from '../keys.js'
import { startWorkflow } from '../lifecycle/start-unstarted.js'
import type { JobId, JobType, Owner, Video } from '../model.js'
import type { CreateOutcome, Idempotency, NewJob, RepeatOutcome } from '../ports/repositories.js'
import type { Accepted, EditRequest, PlanPreview } from '../use-cases.js'
import { getVideo } from '../videos.js'
import { viewJob } from '../view-job.js'
import { assetNames, otherVideoIds, planEdit } from './plan-edit.js'
import { previewPlan } from './preview-plan.js'

/** Accepts an edit: stores its row, then starts its workflow. If that fails, the sweep starts it later. */
export async function submitEdit(
  deps: JobsDeps,
  owner: Owner,
  request: EditRequest,
  idempotency: Idempotency | null,
): Promise<Accepted> {
  const repeated = await findRepeated(deps, owner, idempotency)
  if (repeated) return repeated
  await deps.orchestrator.check()
  const id = uuidv7() as JobId
  const { video, edit, plan } = await planRequest(deps, owner, request, {
    outputPrefix: processedPrefix(id),
  })
  await requireRoom(deps, estimatePlanBytes(plan, video.fileSize))
  const job: NewJob = {
    id,
    owner,
    videoId: video.id,
    type: request.type,
    config: request.config,
    edit,
    metadata: request.metadata,
    workflowId: workflowId(id, request.type),
    priority: request.priority,
    createdAt: new Date(),
    assetNames: assetNames(request.operations),
    otherVideoIds: otherVideoIds(request.operations),
  }
  const outcome = await deps.repositories.jobs.create(job, idempotency)
  return startCreated(deps, owner, job, outcome)
}

/** The plan of an edit that is not rendered. It shows what would be copied, but no chunks: these depend on the workers. */
export async function previewEdit(deps: JobsDeps, owner: Owner, request: EditRequest): Promise<PlanPreview> {
  const spreading = { kind: 'copies', partPrefix: PLANNED_PARTS_PREFIX } as const
  const { plan } = await planRequest(deps, owner, request, { outputPrefix: PLANNED_PREFIX, spreading })
  return previewPlan(plan)
}

/** @throws AppError `video-not-found`, `video-not-ready`, `asset-not-found`, `edit-unrenderable` */
async function planRequest(
  deps: JobsDeps,
  owner: Owner,
  request: EditRequest,
  options: CompileOptions,
): Promise<{ video: Video; edit: Edit; plan: Plan }> {
  const video = await getVideo(deps, owner, request.videoId)
  if (video.status === 'failed') {
    throw new AppError('video-not-ready', 'The video could not be read when it was uploaded.')
  }
  const edit: Edit = {
    operations: request.operations,
    output: request.output,
    ...(request.audio ? { audio: request.audio } : {}),
  }
  const compilation = await planEdit(deps, { owner, edit }, video, options)
  if (!compilation.ok) throw unrenderable(request.type, compilation.issues)
  return { video, edit, plan: compilation.plan }
}

/** The job that the same request made before, though its files may be gone by now; null: the request is new. */
export async function findRepeated(
  deps: JobsDeps,
  owner: Owner,
  idempotency: Idempotency | null,
): Promise<Accepted | null> {
  const outcome = idempotency && (await deps.repositories.jobs.recall(owner, idempotency))
  return outcome && answerRepeated(deps, owner, outcome)
}

/** Starts the workflow of a new row, or finds the job that the same request has made in the meantime. */
export async function startCreated(
  deps: JobsDeps,
  owner: Owner,
  job: NewJob,
  outcome: CreateOutcome,
): Promise<Accepted> {
  if (outcome.kind !== 'created') return answerRepeated(deps, owner, outcome)
  try {
    await startWorkflow(deps, job)
  } catch (error) {
    // The row is stored, and the sweep starts it once the orchestrator is back, so the job is accepted.
    deps.log.error({ err: error, jobId: job.id }, 'workflow not started, the sweep will')
  }
  return { job: await viewJob(deps, owner, job.id), created: true }
}

async function answerRepeated(deps: JobsDeps, owner: Owner, outcome: RepeatOutcome): Promise<Accepted> {
  if (outcome.kind === 'existing') return { job: await viewJob(deps, owner, outcome.jobId), created: false }
  throw new AppError('idempotency-key-reused', 'This Idempotency-Key was used for a different request.')
}

/** Pointers into the edit become pointers into the request that it came from. */
function unrenderable(type: JobType, issues: readonly FieldIssue[]): AppError {
  const pointed = issues.map(({ pointer, message }) => ({
    pointer: type === 'edit' ? pointer : pointer.replace(/^\/(operations\/0|output)(?=\/)/, ''),
    message,
  }))
  return new AppError('edit-unrenderable', pointed.map(({ message }) => message).join('; '), {
    issues: pointed,
  })
}
