import { createReadStream } from 'node:fs'
import { hasErrorCode } from '../../errors.js'
import type { JobsDeps } from '../deps.js'
import type { Arrival } from '../incoming-folders.js'
import { appendBytes } from './append-bytes.js'
import { uploadNotFound } from './find-upload.js'
import { withLease } from './lease.js'
import { partPath, removeBytes } from './part-file.js'
import { isWhole, type Upload } from './upload.js'

const READ_BYTES = 1024 * 1024

/** Fills a joined upload with the bytes of its parts, which are removed then. Goes on where it was interrupted. */
export async function joinParts(
  deps: JobsDeps,
  joined: Upload,
  arrival: Pick<Arrival, 'arrived'>,
): Promise<void> {
  const { uploads } = deps.repositories
  const parts: Upload[] = []
  for (const id of joined.partIds) {
    const part = await uploads.get(id)
    if (!part) throw uploadNotFound()
    parts.push(part)
  }
  await withLease(uploads, joined.id, async (lease) => {
    if (lease.upload.status !== 'open' || isWhole(lease.upload)) return
    const bytes = bytesOf(deps, parts, lease.upload.receivedBytes)
    await appendBytes(deps, lease, { bytes, checksum: null, arrival })
  })
  for (const { id } of parts) await removeBytes(deps, id)
}

async function* bytesOf(
  deps: JobsDeps,
  parts: readonly Upload[],
  skippedBytes: number,
): AsyncGenerator<Buffer> {
  let start = skippedBytes
  for (const part of parts) {
    if (start < part.receivedBytes) {
      const path = await partPath(deps, part)
      const range = { start, end: part.receivedBytes - 1, highWaterMark: READ_BYTES }
      try {
        for await (const chunk of createReadStream(path, range)) yield chunk as Buffer
      } catch (error) {
        throw hasErrorCode(error, 'ENOENT') ? uploadNotFound() : error
      }
    }
    start = Math.max(0, start - part.receivedBytes)
  }
}
