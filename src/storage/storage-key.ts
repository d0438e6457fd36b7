import { AppError } from '../errors.js'

/** The longest name, in bytes, that common file systems allow. */
const MAX_SEGMENT_BYTES = 255
const MAX_KEY_BYTES = 1024
/** Our names contain no control characters; a backslash separates folders on Windows. */
const FORBIDDEN = /[\p{Cc}\p{Surrogate}\\]/u

/**
 * The names in a storage key, such as `processed/<job>/<file>`.
 * @throws AppError `file-not-found` for text that is no key: it may come from a URL, and nothing is stored under it
 */
export function parseKey(key: string): string[] {
  if (Buffer.byteLength(key) > MAX_KEY_BYTES) throw notAKey()
  const segments = key.split('/')
  if (!segments.every(isName)) throw notAKey()
  return segments
}

/** The names in a key that ends with `/` and stands for everything below it. Throws `file-not-found`. */
export function parsePrefix(prefix: string): string[] {
  if (!prefix.endsWith('/')) throw notAKey()
  return parseKey(prefix.slice(0, -1))
}

function isName(segment: string): boolean {
  return (
    segment !== '' &&
    segment !== '.' &&
    segment !== '..' &&
    Buffer.byteLength(segment) <= MAX_SEGMENT_BYTES &&
    !FORBIDDEN.test(segment)
  )
}

function notAKey(): AppError {
  return new AppError('file-not-found', 'That is not the key of a stored file')
}
