import type { IncomingMessage } from 'node:http'
import { AppError } from '../../errors.js'

/** Name of the part that carries the file. */
export const FILE_PART = 'file'

/** Room for boundaries, part headers and the small fields next to the file. */
const FORM_SLACK_BYTES = 64 * 1024

export function maxFormBytes(maxUploadBytes: number): number {
  return maxUploadBytes + FORM_SLACK_BYTES
}

/** Whether the declared length, if there is one, is within the limit. */
export function mayUpload(req: Pick<IncomingMessage, 'headers'>, maxUploadBytes: number): boolean {
  return Number(req.headers['content-length'] ?? 0) <= maxFormBytes(maxUploadBytes)
}

/** The length that the request declares; the largest that is allowed when it declares none. */
export function announcedBytes(req: Pick<IncomingMessage, 'headers'>, maxUploadBytes: number): number {
  return Number(req.headers['content-length'] ?? maxFormBytes(maxUploadBytes))
}

export function uploadTooLarge(maxUploadBytes: number): AppError {
  return new AppError('upload-too-large', `A file may have ${maxUploadBytes} bytes at most`)
}
