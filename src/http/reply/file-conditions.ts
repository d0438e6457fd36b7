import type { Request, Response } from 'express'
import type { ByteRange, FileStats } from '../../jobs/ports/storage.js'
import type { StoredFile } from '../../jobs/use-cases.js'

/** An ETag for a file whose hash is not known. */
export function weakTag({ sizeBytes, modifiedAt }: FileStats): string {
  return `W/"${sizeBytes.toString(16)}-${modifiedAt.getTime().toString(16)}"`
}

/**
 * Whether the request is for another state of the file, by If-Match or else If-Unmodified-Since. Tags may match weakly.
 * https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2
 * @param res with the ETag and date of the file
 */
export function isPreconditionFailed({ headers }: Request, res: Response): boolean {
  const wanted = headers['if-match']
  if (wanted) {
    const tags = wanted.split(',').map((tag) => strong(tag.trim()))
    return wanted !== '*' && !tags.includes(strong(res.get('ETag') ?? ''))
  }
  const since = Date.parse(headers['if-unmodified-since'] ?? '')
  return Date.parse(res.get('Last-Modified') ?? '') > since
}

function strong(tag: string): string {
  return tag.replace(/^W\//, '')
}

/**
 * The part of a file that the request wants; null: all of it. Several ranges, and what is no range, count as all.
 * Express takes the last 500 bytes of a file of 10 for an error, but they are all of it.
 * https://www.rfc-editor.org/rfc/rfc9110#section-14.1.2 and #section-14.2
 */
export function chooseRange(req: Request, file: StoredFile): ByteRange | 'unsatisfiable' | null {
  const { range } = req.headers
  if (req.method !== 'GET' || !range?.startsWith('bytes=') || !isRangeFresh(req, file)) return null
  if (Number(/^bytes=-(\d+)$/.exec(range)?.[1]) >= file.sizeBytes) return null
  const ranges = req.range(file.sizeBytes, { combine: true })
  if (ranges === -1) return 'unsatisfiable'
  if (ranges === undefined || ranges === -2) return null
  const [first, ...others] = ranges
  return first && others.length === 0 ? { start: first.start, end: first.end } : null
}

/** Whether If-Range names this state of the file; its tag must match strongly (#section-13.1.5). */
function isRangeFresh({ headers }: Request, { sha256, modifiedAt }: StoredFile): boolean {
  const ifRange = headers['if-range']
  if (typeof ifRange !== 'string') return true
  if (ifRange.includes('"')) return sha256 !== null && ifRange === `"${sha256}"`
  // Dates of HTTP have whole seconds.
  return Date.parse(modifiedAt.toUTCString()) <= Date.parse(ifRange)
}
