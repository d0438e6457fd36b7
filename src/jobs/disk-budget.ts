import { AppError } from '../errors.js'
import type { JobsDeps } from './deps.js'

/**
 * Makes sure that `neededBytes` can be written and that what must stay free is still free then. Returns all that may be
 * written, in bytes.
 * @throws AppError `disk-full`
 */
export async function requireRoom(
  { workFolders, minFreeDiskBytes }: Pick<JobsDeps, 'workFolders' | 'minFreeDiskBytes'>,
  neededBytes: number,
): Promise<number> {
  const room = (await workFolders.freeBytes()) - minFreeDiskBytes
  if (room >= neededBytes) return room
  throw new AppError(
    'disk-full',
    'There is not enough free room in the storage. Delete something, or try again later.',
  )
}
