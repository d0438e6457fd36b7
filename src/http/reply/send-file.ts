import type { Request } from 'express'
import { AppError, hasErrorCode } from '../../errors.js'
import type { StoredFile } from '../../jobs/use-cases.js'
import type { Exchange } from '../exchange.js'

/** A browser that opens a stored file runs nothing in it, even where the file is also valid HTML. */
const INERT = "sandbox; default-src 'none'"

/**
 * Answers with a stored file: the whole file, a range of it, or 304.
 * @throws AppError `file-not-found`, `precondition-failed`, `range-not-satisfiable`, `storage-unavailable`
 */
export async function sendStoredFile(exchange: Exchange, file: StoredFile): Promise<void> {
  const { req, res } = exchange
  res.attachment(file.downloadName)
  res.setHeader('Content-Type', file.contentType)
  res.setHeader('Content-Security-Policy', INERT)
  res.setHeader('Cache-Control', 'private, no-cache')
  res.setHeader('Accept-Ranges', 'bytes')
  if (file.sha256 !== null) res.setHeader('ETag', `"${file.sha256}"`)
  const acceptRanges = mayBeRange(req, file)
  try {
    await sendLocalFile(exchange, file.path, { acceptRanges })
  } catch (error) {
    for (const name of ['Content-Disposition', 'Last-Modified', 'Accept-Ranges']) res.removeHeader(name)
    if (!(error instanceof AppError) || error.code !== 'precondition-failed') res.removeHeader('ETag')
    throw error
  }
}

/**
 * Corrects the `send` package in three places: ranges apply to GET only, the last 500 bytes of a 10 byte file are the
 * whole file and not an error, and If-Range must match strongly.
 * https://www.rfc-editor.org/rfc/rfc9110#section-14.1.2, #section-14.2 and #section-13.1.5
 */
function mayBeRange(req: Request, file: StoredFile): boolean {
  if (req.method !== 'GET') return false
  const suffix = /^bytes=-(\d+)$/.exec(req.headers.range ?? '')?.[1]
  if (Number(suffix) >= file.sizeBytes) return false
  const ifRange = req.headers['if-range']
  const isTag = typeof ifRange === 'string' && ifRange.includes('"')
  return !isTag || (file.sha256 !== null && ifRange === `"${file.sha256}"`)
}

/** Options of the file's stream. Each read is a trip to another thread, so reads are larger than the default 64 KiB. */
const READING = { highWaterMark: 512 * 1024 }

/** Streams a file by its path. A client that disconnects halfway is not an error. */
export function sendLocalFile(
  { res }: Pick<Exchange, 'res'>,
  path: string,
  options: { acceptRanges: boolean },
): Promise<void> {
  return new Promise((resolve, reject) => {
    // The path of the data folder may contain a dot folder. Database records, not names, decide what is served.
    res.sendFile(
      path,
      { ...options, ...READING, dotfiles: 'allow', cacheControl: false },
      (error?: Error) => {
        if (error === undefined || hasErrorCode(error, 'ECONNABORTED', 'EPIPE')) resolve()
        else reject(toAppError(error))
      },
    )
  })
}

function toAppError(cause: Error): AppError {
  const status = 'status' in cause ? cause.status : 500
  if (status === 404) return new AppError('file-not-found', 'The file no longer exists.', { cause })
  if (status === 412)
    return new AppError(
      'precondition-failed',
      'The ETag or the modification date of the file is a different one.',
      { cause },
    )
  if (status === 416)
    return new AppError('range-not-satisfiable', 'The requested range is outside the file.', { cause })
  return new AppError('storage-unavailable', 'The file cannot be read.', { cause })
}
