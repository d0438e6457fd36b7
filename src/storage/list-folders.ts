import type { Dirent } from 'node:fs'
import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { hasErrorCode } from '../errors.js'
import type { StoredFolder } from '../jobs/ports/storage.js'

/**
 * The folders in a folder, with the time of the newest thing in each, or of the folder's own list of entries alone,
 * which looks at nothing in it. What goes while we look is left out.
 */
export function listFolders(parent: string, time: 'newest' | 'own' = 'newest'): Promise<StoredFolder[]> {
  return listEntries(parent, (entry) => entry.isDirectory(), time === 'own' ? ownTimeMs : newestTimeMs)
}

/** The files in a folder, likewise. */
export function listFiles(parent: string): Promise<StoredFolder[]> {
  return listEntries(parent, (entry) => entry.isFile(), ownTimeMs)
}

/** @param timeOf in ms; null: it is gone */
async function listEntries(
  parent: string,
  isWanted: (entry: Dirent) => boolean,
  timeOf: (path: string) => Promise<number | null>,
): Promise<StoredFolder[]> {
  const entries = await orGone(readdir(parent, { withFileTypes: true }), [])
  const found = await Promise.all(
    entries.filter(isWanted).map(async ({ name }) => {
      const timeMs = await timeOf(join(parent, name))
      return timeMs === null ? [] : [{ name, modifiedAt: new Date(timeMs) }]
    }),
  )
  return found.flat()
}

async function ownTimeMs(path: string): Promise<number | null> {
  return (await orGone(lstat(path), null))?.mtimeMs ?? null
}

/** Of a folder and all that is in it; null: it is gone. Links count by themselves. */
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
