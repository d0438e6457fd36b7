import { v7 as uuidv7 } from 'uuid'
import type { JobsDeps } from '../deps.js'
import { requireRoom } from '../disk-budget.js'
import { PLANNED_PARTS_PREFIX, PLANNED_PREFIX, processedPrefix, workflowId } from '../keys.js'
import { findRepeated, startCreated } from '../lifecycle/start-created.js'
import type { JobId, JobType, Owner } from '../model.js'
import type { Idempotency, NewJob } from '../ports/repositories.js'
import { requireStoredRoom } from '../quotas/stored-room.js'
import type { Accepted, EditRequest, PlanPreview } from '../use-cases.js'
import { compileRequest } from './compile-request.js'
import { otherVideoIds } from './files-read.js'
import { compileTask } from './plan-edit.js'

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
    files: { assetIds },
    found: bytes,
  } = await compileRequest(deps, compiling(owner, request), async (files, { fileSize: sourceBytes }) =>
    deps.calculations.measure(owner, { ...(await compileTask(deps, files, options)), sourceBytes }),
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
  const { found } = await compileRequest(deps, compiling(owner, request), async (files) =>
    deps.calculations.preview(owner, await compileTask(deps, files, options)),
  )
  return found
}

function compiling(owner: Owner, request: EditRequest) {
  return { owner, request, toPointer: (pointer: string) => requestPointer(request.type, pointer) }
}

/** A pointer into the edit as a pointer into the request that it came from. */
function requestPointer(type: JobType, pointer: string): string {
  if (type === 'edit') return pointer
  // Only POST /edits has a field for how an image is shown.
  if (pointer.startsWith('/image')) return '/video_id'
  return pointer.replace(/^\/(operations\/0|output)(?=\/|$)/, '')
}
