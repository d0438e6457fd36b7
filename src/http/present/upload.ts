import Joi from 'joi'
import { ERRORS } from '../../errors.js'
import { type Upload, UPLOAD_STATUSES } from '../../jobs/uploads/upload.js'
import { id, orNull, presentTime, shape, size, text, time } from './wire.js'

export const uploadSchema = shape({
  upload_id: id('the upload'),
  upload_url: text('Send the bytes here by the tus protocol, which needs no key. Anyone who has the URL can'),
  status: Joi.string()
    .valid(...UPLOAD_STATUSES)
    .description(
      '`completed`: the file has become a video, and `job_id` follows it. `failed`: it was refused',
    ),
  filename: text('Name of the file, as users see it'),
  size: orNull(size()).description('Bytes; null: not told yet'),
  offset: size().description('Bytes that have arrived'),
  job_id: orNull(id('the job that makes a video of the file; null: it has not arrived completely')),
  video_id: orNull(id('the video; null: as above')),
  error_code: orNull(
    Joi.string()
      .valid(...Object.keys(ERRORS))
      .description('Why the file was refused; null: it was not'),
  ),
  error_message: orNull(text('The same for people')),
  created_at: time('When the upload was made'),
  expires_at: time('When the upload is removed, unless more arrives'),
})

export function presentUpload(upload: Upload, url: string): object {
  return {
    upload_id: upload.id,
    upload_url: url,
    status: upload.status,
    filename: upload.originalFilename,
    size: upload.sizeBytes,
    offset: upload.receivedBytes,
    job_id: upload.jobId,
    video_id: upload.videoId,
    error_code: upload.errorCode,
    error_message: upload.errorMessage,
    created_at: presentTime(upload.createdAt),
    expires_at: presentTime(upload.expiresAt),
  }
}
