import { v7 as uuidv7 } from 'uuid'
import type { Edit } from '../../edit/operation.js'
import { AppError } from '../../errors.js'
import type { CompileOptions } from '../../plan/compile.js'
import type { Plan } from '../../plan/model/plan.js'
import { estimatePlanBytes } from '../../plan/renditions/file-size.js'
import type { JobsDeps } from '../deps.js'
import { requireRoom } from '../disk-budget.js'
import { PLANNED_PARTS_PREFIX, PLANNED_PREFIX, processedPrefix, workflowId } from '../keys.js'
import { findRepeated, startCreated } from '../lifecycle/start-created.js'
import type { JobId, JobType, Owner, Video } from '../model.js'
import type { Idempotency, NewJob } from '../ports/repositories.js'
import type { Accepted, EditRequest, PlanPreview } from '../use-cases.js'
import { getVideo } from '../videos.js'
import { codecsNotMade } from './codecs-not-made.js'
import { assetNames, otherVideoIds } from './files-read.js'
import { planEdit } from './plan-edit.js'
import { planOf } from './plan-of.js'
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
  const toPointer = (pointer: string) => requestPointer(request.type, pointer)
  const unmade = compilation.ok ? codecsNotMade(edit, (await deps.missingEncoders?.()) ?? new Set()) : []
  const plan = planOf(unmade.length > 0 ? { ok: false, issues: unmade } : compilation, toPointer)
  return { video, edit, plan }
}

/** A pointer into the edit as a pointer into the request that it came from. */
function requestPointer(type: JobType, pointer: string): string {
  return type === 'edit' ? pointer : pointer.replace(/^\/(operations\/0|output)(?=\/)/, '')
}
