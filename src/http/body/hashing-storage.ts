import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type multer from 'multer'
import type { ReceivedFile } from '../../jobs/use-cases.js'
import { createBlockWriter } from './block-writer.js'
import { cleanFileName } from './clean-file-name.js'

/** A storage engine of multer for one file, which it streams to disk and hashes on the way. */
export interface HashingStorage extends multer.StorageEngine {
  /** Whether a file has begun to arrive. */
  hasFile(): boolean
  /** The file, once it has arrived completely; null before. */
  received(): ReceivedFile | null
  /** Calls back at most once, as soon as the file exceeds multer's limit. */
  onTooLarge(listener: () => void): void
  /** Aborts a write that is still going on, and waits until it has ended. */
  stop(): Promise<void>
}

export function createHashingStorage(dir: string): HashingStorage {
  const path = join(dir, 'file')
  const stopping = new AbortController()
  let tooLarge = () => {}
  let writing: Promise<void> | null = null
  let result: ReceivedFile | null = null

  return {
    _handleFile(_req, part, callback) {
      part.stream.once('limit', () => tooLarge())
      writing = writeHashed(part.stream, path, stopping.signal).then(
        (written) => {
          result = { path, originalFilename: cleanFileName(part.originalname), ...written }
          callback(null, { path, size: written.sizeBytes })
        },
        (error: unknown) => callback(error),
      )
    },
    _removeFile(_req, _part, callback) {
      rm(path, { force: true }).then(() => callback(null), callback)
    },
    hasFile: () => writing !== null,
    received: () => result,
    onTooLarge: (listener) => {
      tooLarge = listener
    },
    async stop() {
      stopping.abort()
      await writing
    },
  }
}

async function writeHashed(
  source: Readable,
  path: string,
  signal: AbortSignal,
): Promise<{ sizeBytes: number; sha256: string }> {
  const hash = createHash('sha256')
  let sizeBytes = 0
  // Listens beside the pipeline. Only the pipeline controls the flow, so this never gets ahead of the disk.
  source.on('data', (chunk: Buffer) => {
    hash.update(chunk)
    sizeBytes += chunk.length
  })
  const file = createBlockWriter(path)
  const closed = new Promise((resolve) => file.once('close', resolve))
  // An aborted pipeline does not wait for writes that are under way.
  await pipeline(source, file, { signal }).finally(() => closed)
  return { sizeBytes, sha256: hash.digest('hex') }
}
