import { v7 as uuidv7 } from 'uuid'
import { excessOfPicture } from '../edit/limits.js'
import { AppError } from '../errors.js'
import { isStillImage, type MediaFacts } from '../plan/model/facts.js'
import type { JobsDeps } from './deps.js'
import { uploadFilename, uploadKey, workflowId } from './keys.js'
import { findRepeated, startCreated } from './lifecycle/start-created.js'
import type { JobId, Owner, VideoId } from './model.js'
import type { Idempotency, NewJob, NewVideo } from './ports/repositories.js'
import { isSurelyAbsent } from './surely-absent.js'
import type { Accepted, ReceivedFile } from './use-cases.js'

/** Registers a received file as a video and starts its upload job. A file that is refused leaves nothing behind. */
export async function acceptUpload(
  deps: JobsDeps,
  owner: Owner,
  file: ReceivedFile,
  idempotency: Idempotency | null,
): Promise<Accepted> {
  const repeated = await findRepeated(deps, owner, idempotency)
  if (repeated) return repeated
  await deps.orchestrator.check()
  const facts = await probeFilm(deps, file.path)
  const video = newVideo(owner, file, facts)
  const job = newUploadJob(owner, video)
  await deps.storage.putFile(video.filePath, file.path, 'replace')
  try {
    const outcome = await deps.repositories.jobs.createUpload(video, job, idempotency)
    if (outcome.kind !== 'created') await deps.storage.remove(video.filePath)
    return await startCreated(deps, owner, job, outcome)
  } catch (error) {
    // A file that stays without a row is removed by housekeeping.
    const findRow = () => deps.repositories.videos.getById(video.id)
    if (await isSurelyAbsent(findRow)) await deps.storage.remove(video.filePath)
    throw error
  }
}

/** A film whose header states no length, as a browser's recording, is measured at once. */
async function probeFilm({ prober }: JobsDeps, path: string): Promise<MediaFacts> {
  const probed = await prober.probe(path)
  if (isStillImage(probed))
    throw new AppError('unsupported-media', `The file (${probed.mimeType}) is a still image.`)
  const facts = probed.durationSec > 0 ? probed : await prober.measure(path, probed)
  if (facts.durationSec <= 0)
    throw new AppError('unsupported-media', 'The file has neither a length nor a second frame.')
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

function newUploadJob(owner: Owner, video: NewVideo): NewJob {
  const id = uuidv7() as JobId
  return {
    id,
    owner,
    videoId: video.id,
    type: 'upload',
    config: { original_filename: video.originalFilename },
    edit: null,
    metadata: {},
    workflowId: workflowId(id, 'upload'),
    priority: 3,
    createdAt: new Date(),
    assetNames: [],
    otherVideoIds: [],
  }
}
