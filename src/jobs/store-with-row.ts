import { AppError } from '../errors.js'
import type { JobsDeps } from './deps.js'

interface FileWithRow<Outcome> {
  readonly key: string
  /** In a work folder. */
  readonly localFile: string
  /** @throws AppError `db-unavailable` when the database gave no answer */
  readonly insert: () => Promise<Outcome>
  /** Whether the outcome says that there is a row. */
  readonly isInserted: (outcome: Outcome) => boolean
}

/**
 * Puts a file into the store and then writes its row, so that no row is without its file. The file is removed again
 * when the database has refused the row. When it gave no answer, it may still write the row, however long it stands
 * still, and asking for the row meanwhile proves nothing: so the file stays, and housekeeping removes it if no row
 * has come.
 */
export async function storeWithRow<Outcome>(
  { storage }: Pick<JobsDeps, 'storage'>,
  { key, localFile, insert, isInserted }: FileWithRow<Outcome>,
): Promise<Outcome> {
  await storage.putFile(key, localFile, 'replace')
  try {
    const outcome = await insert()
    if (!isInserted(outcome)) await storage.remove(key)
    return outcome
  } catch (error) {
    if (error instanceof AppError && error.code !== 'db-unavailable') await storage.remove(key)
    throw error
  }
}
