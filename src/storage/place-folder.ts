import { readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError, hasErrorCode } from '../errors.js'
import { flushFile, flushFolder, makeFolders, retryWhenSwept } from './folders.js'

/**
 * Moves a folder of files to a place below `base` unless a folder is there already: a rename does not replace a folder
 * that is not empty. The files are flushed first: after a crash, a folder that can be seen is whole.
 * @throws AppError `file-not-found` when there is no such folder, or it is empty or contains anything but files
 */
export async function placeFolder(
  base: string,
  segments: readonly string[],
  localFolder: string,
): Promise<boolean> {
  for (const name of await fileNames(localFolder)) await flushFile(join(localFolder, name))
  await flushFolder(localFolder)
  const isPlaced = await retryWhenSwept(async () => {
    const parent = await makeFolders(base, segments.slice(0, -1))
    return tryRename(localFolder, join(parent, ...segments.slice(-1)))
  })
  if (!isPlaced) await rm(localFolder, { recursive: true, force: true })
  await flushFolder(dirname(join(base, ...segments)))
  return isPlaced
}

async function fileNames(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    if (entries.length > 0 && entries.every((entry) => entry.isFile())) return entries.map(({ name }) => name)
  } catch (error) {
    if (!hasErrorCode(error, 'ENOENT', 'ENOTDIR')) throw error
  }
  throw new AppError('file-not-found', 'There is no finished folder of files to store')
}

async function tryRename(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to)
    return true
  } catch (error) {
    // ENOTDIR: a file has the name. Some systems say EEXIST for a folder that is not empty.
    if (hasErrorCode(error, 'ENOTEMPTY', 'EEXIST')) return false
    throw error
  }
}
