import { v7 as uuidv7 } from 'uuid'
import { excessOfPicture } from '../edit/limits.js'
import { AppError } from '../errors.js'
import type { MediaFacts } from '../plan/model/facts.js'
import { isAnimation, isStillImage } from '../plan/model/image-kinds.js'
import type { JobsDeps } from './deps.js'
import { uploadFilename, uploadKey, workflowId } from './keys.js'
import { findRepeated, startCreated } from './lifecycle/start-created.js'
import type { JobId, Owner, VideoId } from './model.js'
import type { MediaProber } from './ports/prober.js'
import type { Idempotency, NewJob, NewVideo } from './ports/repositories.js'
import { requireStoredRoom } from './quotas/stored-room.js'
import { storeWithRow } from './store-with-row.js'
import type { Accepted, JobWishes, ReceivedFile } from './use-cases.js'

/** Of jobs whose request states none. */
export const DEFAULT_PRIORITY = 3

interface UploadOptions extends Partial<JobOptions> {
  readonly idempotency: Idempotency | null
  /** Bytes of it that count as the owner's already. */
  readonly alreadyStored?: number
}

type JobOptions = Pick<NewJob, 'metadata' | 'priority'>

/** The same as `ingest`, for a file that came in one request. */
export function acceptUpload(
  deps: JobsDeps,
  owner: Owner,
  { file, ...wishes }: JobWishes & { readonly file: ReceivedFile },
  idempotency: Idempotency | null,
): Promise<Accepted> {
  return ingest(deps, owner, file, { ...wishes, idempotency })
}

/** Registers a received file as a video and starts its upload job. A file that is refused leaves nothing behind. */
export async function ingest(
  deps: JobsDeps,
  owner: Owner,
  file: ReceivedFile,
  { idempotency, metadata = {}, priority = DEFAULT_PRIORITY, alreadyStored = 0 }: UploadOptions,
): Promise<Accepted> {
  const repeated = await findRepeated(deps, owner, idempotency)
  if (repeated) return repeated
  await requireStoredRoom(deps, owner, file.sizeBytes - alreadyStored)
  // Asked first: a file whose row cannot be written may have to stay for days.
  await Promise.all([deps.orchestrator.check(), deps.health.database()])
  const facts = await probeFilm(deps.proberFor(owner), file.path)
  const video = newVideo(owner, file, facts)
  const job = newUploadJob(video, { metadata, priority })
  const outcome = await storeWithRow(deps, {
    key: video.filePath,
    localFile: file.path,
    insert: () => deps.repositories.jobs.createUpload(video, job, idempotency),
    isInserted: ({ kind }) => kind === 'created',
  })
  return startCreated(deps, owner, job, outcome)
}

/** A film whose header states no length, as a browser's recording, is measured at once. An image needs none. */
async function probeFilm(prober: MediaProber, path: string): Promise<MediaFacts> {
  const probed = await prober.probe(path)
  if (isStillImage(probed)) return probed
  const facts = probed.durationSec > 0 ? probed : await prober.measure(path, probed)
  if (facts.durationSec <= 0) {
    if (isAnimation(facts) && facts.video) return { ...facts, durationSec: 0 }
    throw new AppError('unsupported-media', 'The file has neither a length nor a second frame.')
  }
  const excess = facts.video && excessOfPicture(facts.video)
  if (excess) throw new AppError('unsupported-media', `The picture is ${excess}.`)
  return facts
}

function newVideo(owner: Owner, file: ReceivedFile, facts: MediaFacts): NewVideo {
  const id = uuidv7() as VideoId
  const filename = uploadFilename(id, facts.extension)
  return {
    id,
    owner,
    filename,
    originalFilename: file.originalFilename,
    filePath: uploadKey(filename),
    fileSize: file.sizeBytes,
    sha256: file.sha256,
    mimeType: facts.mimeType,
    facts,
    uploadTime: new Date(),
  }
}

function newUploadJob(video: NewVideo, options: JobOptions): NewJob {
  const id = uuidv7() as JobId
  return {
    id,
    owner: video.owner,
    videoId: video.id,
    type: 'upload',
    config: { original_filename: video.originalFilename },
    edit: null,
    assetIds: [],
    workflowId: workflowId(id, 'upload'),
    createdAt: new Date(),
    otherVideoIds: [],
    ...options,
  }
}
