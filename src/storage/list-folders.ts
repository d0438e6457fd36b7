import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { hasErrorCode } from '../errors.js'
import type { StoredFolder } from '../jobs/storage-port.js'

/** The folders in a folder. What goes while we look is left out. */
export async function listFolders(parent: string): Promise<StoredFolder[]> {
  const entries = await orGone(readdir(parent, { withFileTypes: true }), [])
  const folders = await Promise.all(
    entries
      .filter((entry) => entry.isDirectory())
      .map(async ({ name }) => {
        const timeMs = await newestTimeMs(join(parent, name))
        return timeMs === null ? [] : [{ name, modifiedAt: new Date(timeMs) }]
      }),
  )
  return folders.flat()
}

/** The files in a folder, likewise. */
export async function listFiles(parent: string): Promise<StoredFolder[]> {
  const entries = await orGone(readdir(parent, { withFileTypes: true }), [])
  const files = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async ({ name }) => {
        const stats = await orGone(lstat(join(parent, name)), null)
        return stats ? [{ name, modifiedAt: stats.mtime }] : []
      }),
  )
  return files.flat()
}

/** Of a folder and all that is in it; null: it is gone. Links count by themselves. */
async function newestTimeMs(folder: string): Promise<number | null> {
  const own = await orGone(lstat(folder), null)
  if (!own) return null
  let newest = own.mtimeMs
  for (const entry of await orGone(readdir(folder, { withFileTypes: true }), [])) {
    const path = join(folder, entry.name)
    const timeMs = entry.isDirectory()
      ? await newestTimeMs(path)
      : ((await orGone(lstat(path), null))?.mtimeMs ?? null)
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
