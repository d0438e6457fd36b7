import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isDiskFull } from '../../errors.js'

const TRIAL_BYTES = 1024 * 1024

/** Whether a folder has no room for another MiB: of the disk, or of the user's quota, which only a write can tell. */
export async function isFolderFull(dir: string): Promise<boolean> {
  const path = join(dir, 'room-trial')
  try {
    await writeFile(path, Buffer.alloc(TRIAL_BYTES))
    return false
  } catch (error) {
    return isDiskFull(error)
  } finally {
    await rm(path, { force: true })
  }
}
