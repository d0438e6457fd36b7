import { v7 as uuidv7 } from 'uuid'
import type { Edit } from '../../edit/operation.js'
import { AppError } from '../../errors.js'
import type { CompileOptions } from '../../plan/compile.js'
import type { JobsDeps } from '../deps.js'
import { requireRoom } from '../disk-budget.js'
import { PLANNED_PARTS_PREFIX, PLANNED_PREFIX, processedPrefix, workflowId } from '../keys.js'
import { findRepeated, startCreated } from '../lifecycle/start-created.js'
import type { AssetId, JobId, JobType, Owner, Video } from '../model.js'
import type { CompileTask } from '../ports/calculations.js'
import type { Idempotency, NewJob } from '../ports/repositories.js'
import { requireStoredRoom } from '../quotas/stored-room.js'
import type { Accepted, EditRequest, PlanPreview } from '../use-cases.js'
import { getVideo } from '../videos.js'
import { otherVideoIds } from './files-read.js'
import { compileTask, loadFiles } from './plan-edit.js'

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
  const options = { outputPrefix: processedPrefix(id) }
  const {
    video,
    edit,
    assetIds,
    found: bytes,
  } = await compileRequest(deps, { owner, request, options }, (task, from) =>
    deps.calculations.measure(owner, { ...task, sourceBytes: from.fileSize }),
  )
  await requireStoredRoom(deps, owner, bytes)
  await requireRoom(deps, bytes)
  const job: NewJob = {
    id,
    owner,
    videoId: video.id,
    type: request.type,
    config: request.config,
    edit,
    metadata: request.metadata,
    assetIds,
    workflowId: workflowId(id, request.type),
    priority: request.priority,
    createdAt: new Date(),
    otherVideoIds: otherVideoIds(request.operations),
  }
  const outcome = await deps.repositories.jobs.create(job, idempotency)
  return startCreated(deps, owner, job, outcome)
}

/** The plan of an edit that is not rendered. It shows what would be copied, but no chunks: these depend on the workers. */
export async function previewEdit(deps: JobsDeps, owner: Owner, request: EditRequest): Promise<PlanPreview> {
  const spreading = { kind: 'copies', partPrefix: PLANNED_PARTS_PREFIX } as const
  const options = { outputPrefix: PLANNED_PREFIX, spreading }
  const { found } = await compileRequest(deps, { owner, request, options }, (task) =>
    deps.calculations.preview(owner, task),
  )
  return found
}

interface Compiling {
  readonly owner: Owner
  readonly request: EditRequest
  readonly options: CompileOptions
}

interface Compiled<Found> {
  readonly video: Video
  readonly edit: Edit
  readonly assetIds: readonly AssetId[]
  readonly found: Found
}

/**
 * Has a request compiled, and hands on what was asked of it.
 * @throws AppError `video-not-found`, `video-not-ready`, `asset-not-found`, `edit-unrenderable`, `ffmpeg-lacks-part`
 */
async function compileRequest<Found>(
  deps: JobsDeps,
  { owner, request, options }: Compiling,
  ask: (task: CompileTask, video: Video) => Promise<Found>,
): Promise<Compiled<Found>> {
  const video = await getVideo(deps, owner, request.videoId)
  if (video.status === 'failed') {
    throw new AppError('video-not-ready', 'The video could not be read when it was uploaded.')
  }
  const edit: Edit = {
    operations: request.operations,
    output: request.output,
    ...(request.audio ? { audio: request.audio } : {}),
    ...(request.image ? { image: request.image } : {}),
  }
  const toPointer = (pointer: string) => requestPointer(request.type, pointer)
  try {
    const files = await loadFiles(deps, { owner, edit, assetIds: null }, video)
    const found = await ask(await compileTask(deps, files, options), video)
    return { video, edit, assetIds: files.assetIds, found }
  } catch (error) {
    throw error instanceof AppError ? withPointers(error, toPointer) : error
  }
}

function withPointers(error: AppError, toPointer: (pointer: string) => string): AppError {
  const issues = error.issues.map((issue) => ({ ...issue, pointer: toPointer(issue.pointer) }))
  return new AppError(error.code, error.message, { cause: error.cause, issues })
}

/** A pointer into the edit as a pointer into the request that it came from. */
function requestPointer(type: JobType, pointer: string): string {
  if (type === 'edit') return pointer
  // Only POST /edits has a field for how an image is shown.
  if (pointer.startsWith('/image')) return '/video_id'
  return pointer.replace(/^\/(operations\/0|output)(?=\/|$)/, '')
}
