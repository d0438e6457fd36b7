import { createHash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { AppError } from '../../errors.js'
import type { JobsDeps } from '../deps.js'
import type { Arrival } from '../incoming-folders.js'
import type { Checksum } from './checksum.js'
import type { Lease } from './lease.js'
import { leaseLost, openPartFile, toStorageError } from './part-file.js'
import { expiryOf } from './upload.js'

type AppendDeps = Pick<JobsDeps, 'repositories' | 'workFolders' | 'retention'>

export interface ArrivingBytes {
  readonly bytes: AsyncIterable<Buffer>
  readonly checksum: Checksum | null
  readonly arrival: Pick<Arrival, 'arrived'>
}

/** Written at once: a call for each chunk of a socket would be a round trip to another thread for each. */
const BLOCK_BYTES = 1024 * 1024
/** How much, and how many milliseconds of, work a killed process may lose. */
const NOTED_EACH = { bytes: 32 * 1024 ** 2, ms: 5_000 }

/**
 * Writes bytes behind those that have arrived, and returns how many there are then. What came before a cut stays; with a
 * checksum nothing of the request does unless all of it is right.
 * @throws AppError `checksum-mismatch`, `disk-full`, `storage-unavailable`, `upload-locked`
 */
export async function appendBytes(deps: AppendDeps, lease: Lease, arriving: ArrivingBytes): Promise<number> {
  try {
    const { handle } = await openPartFile(deps, lease)
    try {
      return await append(deps, { lease, handle }, arriving)
    } finally {
      await handle.close()
    }
  } catch (error) {
    throw toStorageError(error)
  }
}

interface Target {
  readonly lease: Lease
  readonly handle: FileHandle
}

async function append(deps: AppendDeps, target: Target, arriving: ArrivingBytes): Promise<number> {
  const { lease } = target
  const { checksum } = arriving
  const writer = createWriter(target)
  const note = () => noteReceived(deps, target, writer.position())
  const hash = checksum ? createHash(checksum.algorithm) : null
  let noted = { bytes: writer.position(), ms: performance.now() }
  let failure: { readonly error: unknown } | null = null
  try {
    for await (const chunk of arriving.bytes) {
      if (lease.lost.aborted) throw leaseLost()
      hash?.update(chunk)
      await writer.add(chunk)
      await arriving.arrival.arrived(writer.position() - lease.upload.receivedBytes)
      const isDue =
        writer.position() - noted.bytes >= NOTED_EACH.bytes || performance.now() - noted.ms >= NOTED_EACH.ms
      if (hash || !isDue) continue
      await writer.flush()
      await note()
      noted = { bytes: writer.position(), ms: performance.now() }
    }
  } catch (error) {
    failure = { error }
  }
  if (checksum && (failure || hash?.digest('base64') !== checksum.digest)) {
    await target.handle.truncate(lease.upload.receivedBytes)
    throw failure ? failure.error : mismatch()
  }
  if (lease.lost.aborted) throw failure ? failure.error : leaseLost()
  await writer.flush()
  await note()
  if (failure) throw failure.error
  return writer.position()
}

function mismatch(): AppError {
  return new AppError(
    'checksum-mismatch',
    'The bytes of the request do not match Upload-Checksum. Send them again.',
  )
}

/** The row says what is on the disk, so the disk comes first. */
async function noteReceived(
  deps: AppendDeps,
  { lease, handle }: Target,
  receivedBytes: number,
): Promise<void> {
  const { upload, token } = lease
  await handle.datasync()
  const expiresAt = expiryOf(upload.createdAt, new Date(), deps.retention.incomingMaxAgeHours)
  const isNoted = await deps.repositories.uploads.update(upload.id, token, { receivedBytes, expiresAt })
  if (!isNoted) throw leaseLost()
}

function createWriter({ lease, handle }: Target) {
  let written = lease.upload.receivedBytes
  let waiting: Buffer[] = []
  let waitingBytes = 0
  const flush = async () => {
    const blocks = waiting
    const bytes = waitingBytes
    ;[waiting, waitingBytes] = [[], 0]
    await writeAll(handle, Buffer.concat(blocks, bytes), written)
    written += bytes
  }
  return {
    /** Behind all that was added. */
    position: () => written + waitingBytes,
    flush,
    async add(chunk: Buffer) {
      waiting.push(chunk)
      waitingBytes += chunk.length
      if (waitingBytes >= BLOCK_BYTES) await flush()
    },
  }
}

async function writeAll(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done)
    done += bytesWritten
  }
}
