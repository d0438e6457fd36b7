import { lstat, mkdir, open, realpath, rmdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { AppError, hasErrorCode } from '../errors.js'

/** Being swept away in between is rare; this often in a row it is something else. */
const MAX_ATTEMPTS = 20
const PAUSE_MS = 5

/**
 * Paths below a folder that others may write to are only as good as the links in them: each function here
 * refuses symbolic links below `base`, which must be a real path.
 */

/** The path of an entry, when the whole way to it is free of links; null when it or its folder is absent. */
export async function findReal(base: string, segments: readonly string[]): Promise<string | null> {
  const path = join(base, ...segments)
  try {
    if ((await realpath(path)) !== path) throw blocked()
    return path
  } catch (error) {
    // ENOTDIR: a file stands where the key has a folder. ELOOP: a link that leads to itself.
    if (hasErrorCode(error, 'ENOENT', 'ENOTDIR')) return null
    if (hasErrorCode(error, 'ELOOP')) throw blocked()
    throw error
  }
}

/** Makes the folders that are not there yet, and returns the path of the last one. */
export async function makeFolders(base: string, segments: readonly string[], mode?: number): Promise<string> {
  return retryWhenSwept(async () => {
    let folder = base
    // One by one: a recursive mkdir would make them through a link.
    for (const segment of segments) {
      folder = join(folder, segment)
      await makeFolder(folder, mode)
    }
    return folder
  })
}

async function makeFolder(folder: string, mode: number | undefined): Promise<void> {
  try {
    await mkdir(folder, mode)
  } catch (error) {
    if (!hasErrorCode(error, 'EEXIST')) throw error
    if (!(await lstat(folder)).isDirectory()) throw blocked()
  }
}

/**
 * Repeats work that makes folders and finds them gone: the removal of the last other file in a folder removes
 * the folder, at any moment before ours is in it.
 */
export async function retryWhenSwept<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      if (!hasErrorCode(error, 'ENOENT') || attempt === MAX_ATTEMPTS) throw error
      // Some time between, different for each: or those who make and those who sweep stay in step.
      await setTimeout(Math.random() * attempt * PAUSE_MS)
    }
  }
}

/** Removes the folder and those above it while they are empty, up to but without `stop`. */
export async function removeEmptyFolders(folder: string, stop: string): Promise<void> {
  for (let current = folder; current !== stop; current = dirname(current)) {
    try {
      await rmdir(current)
    } catch (error) {
      if (hasErrorCode(error, 'ENOENT')) continue
      // Some systems say EEXIST for a folder that is not empty.
      if (hasErrorCode(error, 'ENOTEMPTY', 'EEXIST')) return
      throw error
    }
  }
}

/** Makes the bytes of a file survive a loss of power. */
export async function flushFile(path: string): Promise<void> {
  const handle = await open(path, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Makes the names in a folder survive a loss of power, where the system has a way to. */
export async function flushFolder(path: string): Promise<void> {
  try {
    const handle = await open(path, 'r')
    await handle.sync().finally(() => handle.close())
  } catch (error) {
    // ENOENT: the file was removed again, and its folder with it. The others: Windows, network file systems.
    if (!hasErrorCode(error, 'ENOENT', 'EPERM', 'EISDIR', 'EINVAL')) throw error
  }
}

function blocked(): AppError {
  return new AppError('file-not-found', 'Something other than a folder is in the way to the file')
}
