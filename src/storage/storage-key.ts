import { AppError } from '../errors.js'

/** Bytes: what common file systems hold in one name. */
const MAX_SEGMENT_BYTES = 255
const MAX_KEY_BYTES = 1024
/** Control characters have no place in a name of ours; a backslash separates folders on Windows. */
const FORBIDDEN = /[\p{Cc}\p{Surrogate}\\]/u

/**
 * The names in a storage key, `processed/<job>/<file>`. Throws `file-not-found` for text that is no key: keys
 * may come from a URL, and nothing can be stored under such a one.
 */
export function parseKey(key: string): string[] {
  if (Buffer.byteLength(key) > MAX_KEY_BYTES) throw notAKey()
  const segments = key.split('/')
  if (!segments.every(isName)) throw notAKey()
  return segments
}

/** The names in a key that ends with `/` and stands for all below it. Throws `file-not-found`. */
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
