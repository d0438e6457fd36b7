import { createReadStream } from 'node:fs'
import { stat, truncate, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { StoredFile } from '../../src/jobs/use-cases.js'

/** Writes bytes to a path, or a number of zeros, and returns them as a stored file under the key. */
export async function writeStandInFile(
  path: string,
  key: string,
  content: Uint8Array | string | number,
): Promise<StoredFile> {
  await writeFile(path, typeof content === 'number' ? '' : content)
  if (typeof content === 'number') await truncate(path, content)
  const { size: sizeBytes, mtime: modifiedAt } = await stat(path)
  return {
    sizeBytes,
    modifiedAt,
    sha256: 'a'.repeat(64),
    contentType: 'video/mp4',
    downloadName: basename(key),
    open: (range) => Promise.resolve(createReadStream(path, range)),
  }
}
