import type { Request } from 'express'
import { AppError, hasErrorCode } from '../../errors.js'
import type { StoredFile } from '../../jobs/use-cases.js'
import type { Exchange } from '../exchange.js'

/** What a stored file may do when a browser opens it: nothing. It may hold HTML behind its video. */
const INERT = "sandbox; default-src 'none'"

/** Answers with a stored file: whole, a range of it, or 304. Throws what becomes a problem. */
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
 * Where the `send` package is not exact: a range is for GET only; the last 500 bytes of a file of 10 are all of
 * it, not an error; and If-Range must match strongly.
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

/** Passed on to the file's stream: larger reads than its 64 KiB, of which each is a trip to another thread. */
const READING = { highWaterMark: 512 * 1024 }

/** Streams a file by its path. A client that goes away in the middle is no error. */
export function sendLocalFile(
  { res }: Pick<Exchange, 'res'>,
  path: string,
  options: { acceptRanges: boolean },
): Promise<void> {
  return new Promise((resolve, reject) => {
    // The data folder's own path may well contain a dot: only our records decide what is served.
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
  if (status === 404) return new AppError('file-not-found', 'The file is gone', { cause })
  if (status === 412)
    return new AppError('precondition-failed', 'The file has another ETag or date', { cause })
  if (status === 416)
    return new AppError('range-not-satisfiable', 'The range begins after the end', { cause })
  return new AppError('storage-unavailable', 'The file cannot be read', { cause })
}
