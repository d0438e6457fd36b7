import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Request, Response } from 'express'
import { AppError, hasErrorCode } from '../../errors.js'
import type { StoredFile } from '../../jobs/use-cases.js'
import type { Exchange } from '../exchange.js'
import { chooseRange, isPreconditionFailed, weakTag } from './file-conditions.js'

/** A browser that opens a stored file runs nothing in it, even where the file is also valid HTML. */
export const INERT = "sandbox; default-src 'none'"

/**
 * Answers with a stored file: the whole file, a range of it, or 304.
 * @throws AppError `file-not-found`, `precondition-failed`, `range-not-satisfiable`, `storage-unavailable`
 */
export async function sendStoredFile(
  { req, res }: Pick<Exchange, 'req' | 'res'>,
  file: StoredFile,
): Promise<void> {
  res.attachment(file.downloadName)
  res.setHeader('Content-Type', file.contentType)
  res.setHeader('Content-Security-Policy', INERT)
  res.setHeader('Cache-Control', 'private, no-cache')
  res.setHeader('Accept-Ranges', file.isMade ? 'none' : 'bytes')
  res.setHeader('ETag', file.sha256 === null ? weakTag(file) : `"${file.sha256}"`)
  res.setHeader('Last-Modified', file.modifiedAt.toUTCString())
  try {
    await answer(req, res, file)
  } catch (error) {
    for (const name of ['Content-Disposition', 'Last-Modified', 'Accept-Ranges']) res.removeHeader(name)
    if (!(error instanceof AppError) || error.code !== 'precondition-failed') res.removeHeader('ETag')
    throw error
  }
}

async function answer(req: Request, res: Response, file: StoredFile): Promise<void> {
  if (isPreconditionFailed(req, res)) {
    throw new AppError(
      'precondition-failed',
      'The ETag or the modification date of the file is a different one.',
    )
  }
  if (req.fresh) {
    res.removeHeader('Content-Type')
    res.status(304).end()
    return
  }
  const { sizeBytes } = file
  const range = file.isMade ? null : chooseRange(req, file)
  if (range === 'unsatisfiable') {
    res.setHeader('Content-Range', `bytes */${sizeBytes}`)
    throw new AppError('range-not-satisfiable', 'The requested range is outside the file.')
  }
  const part = range ?? { start: 0, end: sizeBytes - 1 }
  const lengthBytes = part.end - part.start + 1
  const hasBody = req.method !== 'HEAD' && lengthBytes > 0
  // Opened before the answer takes shape: a file that is gone can still become a problem.
  const source = hasBody ? await file.open(part) : null
  if (range) res.status(206).setHeader('Content-Range', `bytes ${range.start}-${range.end}/${sizeBytes}`)
  res.setHeader('Content-Length', lengthBytes)
  if (source) await sendBytes(res, source)
  else res.end()
}

/** A client that goes away in the middle is no error. */
async function sendBytes(res: Response, source: Readable): Promise<void> {
  let isClientGone = res.destroyed
  res.once('close', () => {
    // When the source fails, it is destroyed before the response.
    isClientGone ||= !source.destroyed
  })
  try {
    await pipeline(source, res)
  } catch (error) {
    if (!isClientGone) throw new AppError('storage-unavailable', 'The file cannot be read.', { cause: error })
  } finally {
    source.destroy()
  }
}

/** Sends a file of the application's own pages by its path. A client that goes away in the middle is no error. */
export function sendLocalFile({ res }: Pick<Exchange, 'res'>, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    // The path of the installation itself may contain a folder that begins with a dot.
    const options = { acceptRanges: false, dotfiles: 'allow', cacheControl: false } as const
    res.sendFile(path, options, (error?: Error) => {
      if (error === undefined || hasErrorCode(error, 'ECONNABORTED', 'EPIPE')) resolve()
      else reject(new AppError('storage-unavailable', 'The file cannot be read.', { cause: error }))
    })
  })
}
