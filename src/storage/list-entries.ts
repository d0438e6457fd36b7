import type { Dirent } from 'node:fs'
import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { hasErrorCode } from '../errors.js'
import type { FileEntry } from '../jobs/ports/storage.js'
import type { FolderEntry } from '../jobs/ports/work-folders.js'

/** Names of the files in a folder, sorted. */
export async function listNames(parent: string): Promise<string[]> {
  const entries = await orGone(readdir(parent, { withFileTypes: true }), [])
  return entries
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort()
}

/** The files in a folder, sorted by name. Files that disappear meanwhile are left out. */
export async function listFiles(parent: string): Promise<FileEntry[]> {
  const files = await describeEach(
    parent,
    (entry) => entry.isFile(),
    async (path) => {
      const stats = await orGone(lstat(path), null)
      return stats && { sizeBytes: stats.size, modifiedAt: stats.mtime }
    },
  )
  return files.sort((a, b) => (a.name < b.name ? -1 : 1))
}

/**
 * The folders in a folder, each with the time of the newest thing in it, or with that of its own list of entries, which
 * needs no look at what is in it. Folders that disappear meanwhile are left out.
 */
export function listFolders(parent: string, time: 'newest' | 'own' = 'newest'): Promise<FolderEntry[]> {
  const timeOf = time === 'own' ? ownTimeMs : newestTimeMs
  return describeEach(
    parent,
    (entry) => entry.isDirectory(),
    async (path) => {
      const timeMs = await timeOf(path)
      return timeMs === null ? null : { modifiedAt: new Date(timeMs) }
    },
  )
}

/** @param describe null: the entry is gone */
async function describeEach<Description extends object>(
  parent: string,
  isWanted: (entry: Dirent) => boolean,
  describe: (path: string) => Promise<Description | null>,
): Promise<(Description & { readonly name: string })[]> {
  const entries = await orGone(readdir(parent, { withFileTypes: true }), [])
  const found = await Promise.all(
    entries.filter(isWanted).map(async ({ name }) => {
      const description = await describe(join(parent, name))
      return description ? [{ name, ...description }] : []
    }),
  )
  return found.flat()
}

async function ownTimeMs(path: string): Promise<number | null> {
  return (await orGone(lstat(path), null))?.mtimeMs ?? null
}

/** Time of the newest of a folder and all that is in it; null: it is gone. Links count by themselves. */
async function newestTimeMs(folder: string): Promise<number | null> {
  let newest = await ownTimeMs(folder)
  if (newest === null) return null
  for (const entry of await orGone(readdir(folder, { withFileTypes: true }), [])) {
    const path = join(folder, entry.name)
    const timeMs = await (entry.isDirectory() ? newestTimeMs(path) : ownTimeMs(path))
    if (timeMs !== null) newest = Math.max(newest, timeMs)
  }
  return newest
}

async function orGone<Found, Absent>(look: Promise<Found>, absent: Absent): Promise<Found | Absent> {
  try {
    return await look
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT', 'ENOTDIR')) return absent
    throw error
  }
}
