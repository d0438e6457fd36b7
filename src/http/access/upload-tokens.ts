import { createHmac } from 'node:crypto'
import { validate as isUuid } from 'uuid'
import { isSameSecret } from '../../jobs/access/same-secret.js'
import { uploadNotFound } from '../../jobs/uploads/find-upload.js'
import type { UploadId } from '../../jobs/uploads/upload.js'

/** Addresses of resumable uploads: whoever has one may send bytes to it without a key, until the upload expires. */
export interface UploadTokens {
  /** The path of the upload. */
  pathOf(id: UploadId): string
  /** @throws AppError `upload-not-found` when the server has not signed the token */
  open(token: string): UploadId
}

const PATH = '/uploads/resumable/'

/** A token is the upload's id and an HMAC-SHA256 of it; the upload's row says when it ends. */
export function createUploadTokens(secret: string): UploadTokens {
  // No signed link begins with a letter, so that neither kind can pass for the other.
  const signatureOf = (id: string) => createHmac('sha256', secret).update(`upload\n${id}`).digest('base64url')
  return {
    pathOf: (id) => `${PATH}${id}.${signatureOf(id)}`,
    open(token) {
      const [id = '', signature = '', ...rest] = token.split('.')
      const isOurs = rest.length === 0 && isUuid(id) && isSameSecret(signature, signatureOf(id))
      if (!isOurs) throw uploadNotFound()
      return id as UploadId
    },
  }
}

/** For logs, because anyone who has a token can use it. The upload's id stays. */
export function withoutToken(path: string): string {
  return path.replace(/^(\/uploads\/resumable\/[^./]*)(?:\.[^/]*)?/, '$1.…')
}
