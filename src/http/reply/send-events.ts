import type { Exchange } from '../exchange.js'
import type { EventsReply } from './reply.js'

/** Tells proxies and clients on a quiet stream that the other end is there. */
const COMMENT_INTERVAL_MS = 15_000
/** How long a browser waits before it connects again. */
const RETRY_MS = 2_000

/**
 * Writes server-sent events until the last one, until the client goes, or until the process stops. A client that
 * does not read gets nothing more until it does: the idle timeout of the server ends it.
 */
export function sendEvents({ req, res }: Exchange, { feed, until }: EventsReply): void {
  // It went while the job was looked up: its `close` will not come again.
  if (res.destroyed) return
  res.status(200)
  res.setHeader('Content-Type', 'text/event-stream')
  res.setHeader('Cache-Control', 'no-store')
  // nginx would hold events back until it has a buffer full.
  res.setHeader('X-Accel-Buffering', 'no')
  res.flushHeaders()
  if (req.method === 'HEAD' || until.aborted) {
    res.end()
    return
  }
  res.write(`retry: ${RETRY_MS}\n\n`)
  const write = () => {
    if (res.writableNeedDrain || res.writableEnded) return
    const { text, isLast } = feed.take()
    if (text !== '') res.write(text)
    if (isLast) stop()
  }
  const unfollow = feed.follow(write)
  const comments = setInterval(() => {
    if (!res.writableNeedDrain) res.write(':\n\n')
  }, COMMENT_INTERVAL_MS)
  const stop = () => {
    unfollow()
    clearInterval(comments)
    until.removeEventListener('abort', stop)
    if (!res.destroyed) res.end()
  }
  until.addEventListener('abort', stop)
  res.on('drain', write).once('close', stop)
  write()
}
