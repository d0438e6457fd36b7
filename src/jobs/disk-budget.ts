import { AppError } from '../errors.js'
import type { JobsDeps } from './deps.js'

/**
 * Sees that so much can be written and the store still has what must stay free. Returns all that may be written, in
 * bytes.
 * @throws AppError `disk-full`
 */
export async function requireRoom(
  { storage, minFreeDiskBytes }: Pick<JobsDeps, 'storage' | 'minFreeDiskBytes'>,
  neededBytes: number,
): Promise<number> {
  const room = (await storage.freeBytes()) - minFreeDiskBytes
  if (room >= neededBytes) return room
  throw new AppError('disk-full', 'There is too little room on the storage: free some, or try again later.')
}
