import { AppError } from '../../errors.js'
import type { JobsDeps } from '../deps.js'
import type { Owner } from '../model.js'

/**
 * Checks that an owner may store more bytes. Requests at the very same moment do not see each other's bytes.
 * @throws AppError `storage-quota-exceeded`
 */
export async function requireStoredRoom(
  { repositories, quotas }: Pick<JobsDeps, 'repositories' | 'quotas'>,
  owner: Owner,
  bytes: number,
): Promise<void> {
  const { storedBytes: limit } = quotas
  // What counts already is there, whatever has come since.
  if (limit === null || bytes <= 0) return
  const stored = await repositories.usage.storedBytes(owner)
  if (stored + bytes <= limit) return
  throw new AppError(
    'storage-quota-exceeded',
    `The videos, assets and outputs of one owner may have ${limit} bytes. They have ${stored}, and this would add ` +
      `up to ${Math.ceil(bytes)}. Delete jobs, videos or assets, or ask for smaller outputs.`,
  )
}
