import { link, rm } from 'node:fs/promises'
import { type AppError, asAppError, type ErrorCode } from '../../errors.js'
import { ingest } from '../accept-upload.js'
import type { JobsDeps } from '../deps.js'
import { hashFile } from '../hash-file.js'
import { type Lease, withLease } from './lease.js'
import { leaseLost, openPartFile, removeBytes, toStorageError } from './part-file.js'
import { isWhole, type Upload, type UploadId } from './upload.js'

/**
 * Makes a video and its job of an upload that has arrived completely, as of one that came in a single request. Does
 * nothing for others. When it was interrupted, it can be called again and still makes one job: the row of the job is
 * found by the upload's id, and the bytes stay until the upload's own row names the job.
 * @throws AppError what ingest throws; what is wrong with the file itself ends the upload
 */
export async function finishUpload(deps: JobsDeps, id: UploadId): Promise<void> {
  await withLease(deps.repositories.uploads, id, async (lease) => {
    const { upload } = lease
    if (upload.status !== 'open' || upload.kind === 'part' || !isWhole(upload)) return
    try {
      await ingestBytes(deps, lease)
    } catch (error) {
      const failure = asAppError(toStorageError(error))
      if (OF_THE_FILE.has(failure.code)) await refuse(deps, lease, failure)
      throw failure
    }
    await removeBytes(deps, id)
  })
}

async function ingestBytes(deps: JobsDeps, lease: Lease): Promise<void> {
  const { upload, token } = lease
  const { path, handle } = await openPartFile(deps, lease)
  await handle.close()
  // The store takes the file away: this keeps it for another attempt.
  const taken = `${path}.taken`
  await rm(taken, { force: true })
  await link(path, taken)
  const { originalFilename, receivedBytes: sizeBytes, metadata, priority } = upload
  const file = { path: taken, originalFilename, sizeBytes, sha256: await hashFile(taken) }
  const { job } = await ingest(deps, upload.owner, file, {
    idempotency: jobKey(upload),
    metadata,
    priority,
    alreadyStored: sizeBytes,
  })
  const { id: jobId, videoId } = job.job
  const change = { status: 'completed', jobId, videoId } as const
  if (!(await deps.repositories.uploads.update(upload.id, token, change))) throw leaseLost()
}

/** Failures that no other attempt, and no room made by its owner, could change. */
const OF_THE_FILE: ReadonlySet<ErrorCode> = new Set([
  ...(['unsupported-media', 'media-over-limits', 'source-damaged', 'upload-not-found'] as const),
  ...(['ffmpeg-rejected', 'request-too-costly'] as const),
])

/** No key of a client's has a space. */
function jobKey({ id }: Upload): { key: string; fingerprint: string } {
  return { key: `upload ${id}`, fingerprint: id }
}

async function refuse(deps: JobsDeps, { upload, token }: Lease, { code, message }: AppError): Promise<void> {
  const change = { status: 'failed', errorCode: code, errorMessage: message } as const
  // Otherwise another process has taken the upload over, with its bytes.
  if (await deps.repositories.uploads.update(upload.id, token, change)) await removeBytes(deps, upload.id)
}
