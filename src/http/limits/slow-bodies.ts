import type { IncomingMessage } from 'node:http'
import type { RequestHandler } from 'express'
import { AppError } from '../../errors.js'
import { sendProblem } from '../reply/problem.js'
import { hasBody } from '../request/has-body.js'
import { type EachWindow, eachWindowOf } from './each-window.js'

/** Minimum in each window of a minute: 8.7 kbit/s, which is slower than any modem. Uploads may take hours at it. */
const MIN_BYTES = 64 * 1024

/**
 * Ends requests whose body arrives too slowly, with 408. A deadline for the whole body would end large uploads, and
 * the idle timeout of the server would let a client hold its connection with a byte a minute.
 */
export function cutSlowBodies(eachWindow: EachWindow = eachWindowOf(60_000)): RequestHandler {
  return (req, res, next) => {
    if (hasBody(req)) {
      watchBody(req, eachWindow, () => {
        const slow = new AppError(
          'request-timeout',
          `The body arrived too slowly. Send at least ${MIN_BYTES} bytes a minute.`,
        )
        // Node emits no more events of a request that is answered. Destroying it tells the reader of the body.
        res.once('close', () => req.destroy())
        if (res.headersSent) req.destroy()
        else sendProblem(req, res, slow)
      })
    }
    next()
  }
}

/** Calls `onSlow` once, when less than MIN_BYTES arrived within a window although the server was ready to read. */
export function watchBody(req: IncomingMessage, eachWindow: EachWindow, onSlow: () => void): void {
  const { socket } = req
  let readBefore = socket.bytesRead
  const stop = eachWindow(() => {
    const cameBytes = socket.bytesRead - readBefore
    readBefore = socket.bytesRead
    // A client is not slow when the server has full buffers that it has not read yet.
    if (req.complete || cameBytes >= MIN_BYTES || req.readableLength > 0) return
    stop()
    onSlow()
  })
  req.once('end', stop).once('close', stop)
}
