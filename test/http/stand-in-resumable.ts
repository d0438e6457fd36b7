import { AppError } from '../../src/errors.js'
import type { UploadUseCases } from '../../src/jobs/uploads/use-cases.js'

/** NOT the application: there are no resumable uploads. Those of the application are tested with its database. */
export function createStandInResumable(): UploadUseCases {
  const missing = () => Promise.reject(new AppError('upload-not-found', 'There is no such upload.'))
  const full = () => Promise.reject(new AppError('too-many-uploads', 'An owner can have no uploads here.'))
  return { create: full, join: full, get: missing, hold: missing, finish: missing }
}
