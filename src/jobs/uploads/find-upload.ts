import { AppError } from '../../errors.js'
import type { JobsDeps } from '../deps.js'
import type { Upload, UploadId } from './upload.js'

/** @throws AppError `upload-not-found`, `upload-expired` */
export async function findUpload(
  { repositories }: Pick<JobsDeps, 'repositories'>,
  id: UploadId,
): Promise<Upload> {
  const upload = await repositories.uploads.get(id)
  if (!upload) throw uploadNotFound()
  if (upload.expiresAt.getTime() <= Date.now()) {
    throw new AppError('upload-expired', 'The upload has expired. Begin a new one.')
  }
  return upload
}

export function uploadNotFound(): AppError {
  return new AppError('upload-not-found', 'There is no such upload. It may have ended, or have expired.')
}
