import type { Stats } from 'node:fs'
import { lstat, mkdir, open, realpath, rm, rmdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { AppError, hasErrorCode } from '../errors.js'

/** A folder is rarely swept away in between; when it is this often in a row, something else is wrong. */
const MAX_ATTEMPTS = 20
const PAUSE_MS = 5

/**
 * Others may write below `base` and put links there that lead elsewhere. So these functions refuse symbolic links
 * below `base`, which must be a real path itself.
 */

/** The path of an entry when no part of it is a link; null when the entry or its folder is absent. */
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

/** Makes the folders that are missing, and returns the path of the last one. */
export async function makeFolders(base: string, segments: readonly string[], mode?: number): Promise<string> {
  return retryWhenSwept(async () => {
    let folder = base
    // One by one: a recursive mkdir would follow a link and make them behind it.
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
 * Repeats work that makes folders and then finds them gone: the removal of the last file in a folder removes the
 * folder as well, possibly just before our file gets there.
 */
export async function retryWhenSwept<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      if (!hasErrorCode(error, 'ENOENT') || attempt === MAX_ATTEMPTS) throw error
      // A pause of random length, or makers and sweepers stay in step.
      await setTimeout(Math.random() * attempt * PAUSE_MS)
    }
  }
}

/** What is at a path, a link as itself; null: nothing. */
export async function statEntry(path: string): Promise<Stats | null> {
  try {
    return await lstat(path)
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT', 'ENOTDIR')) return null
    throw error
  }
}

/** Removes a folder and all in it; a file of that name stays. */
export async function removeTree(base: string, segments: readonly string[]): Promise<void> {
  const folder = await findReal(base, segments.slice(0, -1))
  if (folder === null) return
  const path = join(base, ...segments)
  if ((await statEntry(path))?.isFile()) return
  // rm removes a link and not what it leads to. It retries: a process that was stopped may still be writing.
  await rm(path, { recursive: true, force: true, maxRetries: 3 })
  await tidy(base, segments)
}

/** Removes the folders that the removal of an entry has left empty, except the top one. */
export async function tidy(base: string, segments: readonly string[]): Promise<void> {
  const [top] = segments
  if (top === undefined || segments.length < 3) return
  await removeEmptyFolders(dirname(join(base, ...segments)), join(base, top))
}

/** Removes the folder and those above it as long as they are empty, but never `stop`. */
async function removeEmptyFolders(folder: string, stop: string): Promise<void> {
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

/** Writes the bytes of a file to the disk, so that they survive a loss of power. */
export async function flushFile(path: string): Promise<void> {
  const handle = await open(path, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Writes the names in a folder to the disk where the system allows it, so that they survive a loss of power. */
export async function flushFolder(path: string): Promise<void> {
  try {
    const handle = await open(path, 'r')
    await handle.sync().finally(() => handle.close())
  } catch (error) {
    // ENOENT: the file was removed again, and its folder with it. The other codes: Windows, network file systems.
    if (!hasErrorCode(error, 'ENOENT', 'EPERM', 'EISDIR', 'EINVAL')) throw error
  }
}

function blocked(): AppError {
  return new AppError('file-not-found', 'The path to the file leads through something that is not a folder')
}
