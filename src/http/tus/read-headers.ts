import { Metadata } from '@tus/utils'
import { AppError } from '../../errors.js'
import type { JsonObject } from '../../jobs/model.js'
import { type Checksum, CHECKSUMS } from '../../jobs/uploads/checksum.js'
import { cleanFileName } from '../body/clean-file-name.js'
import { refusedParts } from '../request/fields.js'

const DIGEST_BYTES: Readonly<Record<Checksum['algorithm'], number>> = {
  sha1: 20,
  sha256: 32,
  sha512: 64,
  md5: 16,
}

/** `Upload-Checksum: sha1 <Base64>`. null: there is none. @throws AppError `request-invalid` */
export function readChecksum(headers: Headers): Checksum | null {
  const value = headers.get('upload-checksum')
  if (value === null) return null
  const [name = '', digest = '', ...rest] = value.split(' ')
  const algorithm = CHECKSUMS.find((known) => known === name)
  const isWhole = algorithm !== undefined && rest.length === 0 && isBase64(digest, DIGEST_BYTES[algorithm])
  if (!isWhole) {
    throw invalid(
      'upload-checksum',
      `must be one of ${CHECKSUMS.join(', ')}, a space and the digest in Base64`,
    )
  }
  return { algorithm, digest }
}

function isBase64(text: string, bytes: number): boolean {
  const decoded = Buffer.from(text, 'base64')
  return decoded.length === bytes && decoded.toString('base64') === text
}

/** The name of the file, and all else as the job's metadata. @throws AppError `request-invalid` */
export function readMetadata(headers: Headers): { originalFilename: string; metadata: JsonObject } {
  const value = headers.get('upload-metadata')
  const { filename, ...metadata } = value === null || value === '' ? {} : parse(value)
  const issues = refusedParts(metadata).map(({ message }) => ({
    pointer: '/header/upload-metadata',
    message,
  }))
  if (issues.length > 0) throw new AppError('request-invalid', 'Upload-Metadata is not valid.', { issues })
  return { originalFilename: cleanFileName(filename ?? ''), metadata }
}

function parse(value: string): Record<string, string | null> {
  try {
    return Metadata.parse(value)
  } catch {
    throw invalid(
      'upload-metadata',
      'must be pairs of a key and its value in Base64, separated by a space, with commas between them',
    )
  }
}

/** A whole number that a tus header states. null: it states none. */
export function readLength(headers: Headers, name: 'upload-length'): number | null {
  const value = headers.get(name)
  if (value === null) return null
  const number = Number(value)
  if (!/^\d{1,15}$/.test(value)) throw invalid(name, 'must be a whole number of bytes')
  return number
}

const MAX_PARTS = 100

/** `Upload-Concat: final;<url> <url>`: the last segments of the URLs. null: it is no such request. */
export function readParts(headers: Headers): string[] | null {
  const value = headers.get('upload-concat')
  if (value === null || value === 'partial') return null
  const urls = /^final;(.+)$/.exec(value)?.[1]?.trim().split(' ') ?? []
  if (urls.length === 0 || urls.length > MAX_PARTS) {
    throw invalid(
      'upload-concat',
      `must be "partial", or "final;" and up to ${MAX_PARTS} URLs with spaces between`,
    )
  }
  return urls.map((url) => url.split('/').at(-1) ?? '')
}

function invalid(header: string, message: string): AppError {
  return new AppError('request-invalid', `${header} ${message}`, {
    issues: [{ pointer: `/header/${header}`, message }],
  })
}
