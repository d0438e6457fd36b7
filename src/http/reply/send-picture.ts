import type { Picture } from '../../jobs/use-cases.js'
import type { Exchange } from '../exchange.js'
import { INERT } from './send-file.js'

/**
 * Makes a picture and answers with it; 304 where the client has it, without making it. A client that goes away ends the
 * making.
 */
export async function sendPicture({ req, res }: Exchange, picture: Picture): Promise<void> {
  const { hash, contentType } = picture
  if (hash !== null) res.setHeader('ETag', `"${hash}"`)
  if (req.fresh) {
    res.setHeader('Cache-Control', CACHING)
    res.status(304).end()
    return
  }
  if (req.method === 'HEAD') {
    res.setHeader('Cache-Control', CACHING)
    res.setHeader('Content-Type', contentType)
    res.end()
    return
  }
  // The client disconnected while the picture was planned, and `close` will not be emitted again.
  if (res.destroyed) return
  const gone = new AbortController()
  res.once('close', () => gone.abort())
  try {
    const bytes = await picture.make(gone.signal)
    res.setHeader('Cache-Control', CACHING)
    res.setHeader('Content-Type', contentType)
    res.setHeader('Content-Security-Policy', INERT)
    res.setHeader('Content-Length', bytes.length)
    res.end(bytes)
  } catch (error) {
    if (gone.signal.aborted) return
    res.removeHeader('ETag')
    throw error
  }
}

/** A cache of the client's own may keep it, and asks whether it is still the same. */
const CACHING = 'private, no-cache'
