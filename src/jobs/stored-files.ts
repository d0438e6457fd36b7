import { basename, join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { AppError } from '../errors.js'
import type { JobsDeps } from './deps.js'
import type { StoredFile } from './use-cases.js'

/** Describes a stored file for a download. @throws AppError `file-not-found` */
export async function openStored(
  { storage }: Pick<JobsDeps, 'storage'>,
  key: string,
  facts: Pick<StoredFile, 'sha256' | 'contentType' | 'downloadName'>,
): Promise<StoredFile> {
  const stats = await storage.stat(key)
  if (!stats) throw notFound(key)
  return { ...stats, ...facts, open: (range) => storage.openRange(key, range) }
}

/**
 * Reads a whole stored file; null: it has more than `maxBytes`.
 * @throws AppError `file-not-found`
 */
export async function readStored(
  { storage }: Pick<JobsDeps, 'storage'>,
  key: string,
  maxBytes: number,
): Promise<Buffer | null> {
  const stats = await storage.stat(key)
  if (!stats) throw notFound(key)
  const { sizeBytes } = stats
  if (sizeBytes > maxBytes) return null
  return sizeBytes === 0
    ? Buffer.alloc(0)
    : buffer(await storage.openRange(key, { start: 0, end: sizeBytes - 1 }))
}

/**
 * Hands on the path of a stored file, under its own name in a work folder, which is gone afterwards.
 * @param folder name of a work folder that nothing else uses
 * @throws AppError `file-not-found`
 */
export async function withFetched<Result>(
  { storage, workFolders }: Pick<JobsDeps, 'storage' | 'workFolders'>,
  folder: string,
  key: string,
  use: (path: string) => Promise<Result>,
): Promise<Result> {
  const path = join(await workFolders.create(folder), basename(key))
  try {
    await storage.fetch(key, path)
    return await use(path)
  } finally {
    await workFolders.remove(folder)
  }
}

function notFound(key: string): AppError {
  return new AppError('file-not-found', `There is no file ${key}.`)
}
