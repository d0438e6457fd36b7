import { AppError, isDiskFull } from '../errors.js'

/** What a caller outside src/storage may see of a failed access. */
export function translateError(error: unknown): AppError {
  if (error instanceof AppError) return error
  if (isDiskFull(error)) {
    return new AppError('disk-full', 'The storage is full', { cause: error })
  }
  return new AppError('storage-unavailable', 'The storage cannot be used', { cause: error })
}

/** Runs the work and translates its failure. */
export async function translating<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw translateError(error)
  }
}
