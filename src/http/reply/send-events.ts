import type { Exchange } from '../exchange.js'
import type { EventsReply } from './reply.js'

/** Interval of comments, which keep proxies and clients from giving up on a quiet stream. */
const COMMENT_INTERVAL_MS = 15_000
const COMMENT = { text: ':\n\n', isLast: false }
/** Time that a browser waits before it reconnects. */
const RETRY_MS = 2_000

/**
 * Writes server-sent events until the last one, until the client disconnects, or until the process stops. Nothing
 * more is written to a client that does not read; if it stays so, the idle timeout of the server ends the connection.
 */
export function sendEvents({ req, res }: Exchange, { feed, until, onEnd }: EventsReply): void {
  // The client disconnected while the job was looked up, and `close` will not be emitted again.
  if (res.destroyed) {
    onEnd()
    return
  }
  res.once('close', onEnd)
  res.status(200)
  res.setHeader('Content-Type', 'text/event-stream')
  res.setHeader('Cache-Control', 'no-store')
  // nginx would otherwise hold events back until its buffer is full.
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
    if (res.writableNeedDrain || res.writableEnded) return
    const { text, isLast } = feed.pulse?.() ?? COMMENT
    res.write(text)
    if (isLast) stop()
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
