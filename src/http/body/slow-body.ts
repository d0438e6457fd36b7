import type { IncomingMessage } from 'node:http'
import type { RequestHandler } from 'express'
import { AppError } from '../../errors.js'
import { type EachWindow, eachWindowOf } from '../each-window.js'
import { sendProblem } from '../problem.js'
import { hasBody } from './has-body.js'

/** 8.7 kbit/s: slower than any modem, and as slow as an upload may be for hours. */
const MIN_BYTES = 64 * 1024

/**
 * Cuts off bodies that hardly move, with 408. A deadline for the whole body would cut large uploads; the server's idle
 * timeout alone would let a client hold its connection with a byte a minute.
 */
export function cutSlowBodies(eachWindow: EachWindow = eachWindowOf(60_000)): RequestHandler {
  return (req, res, next) => {
    if (hasBody(req)) {
      watchBody(req, eachWindow, () => {
        const slow = new AppError('request-timeout', `Send ${MIN_BYTES} bytes of the body a minute at least.`)
        // Tells the reader of the body: Node reports nothing more about a request that is answered.
        res.once('close', () => req.destroy())
        if (res.headersSent) req.destroy()
        else sendProblem(req, res, slow)
      })
    }
    next()
  }
}

/** Calls `onSlow` once when less than MIN_BYTES arrived within a window although a reader was waiting for them. */
export function watchBody(req: IncomingMessage, eachWindow: EachWindow, onSlow: () => void): void {
  const { socket } = req
  let readBefore = socket.bytesRead
  const stop = eachWindow(() => {
    const cameBytes = socket.bytesRead - readBefore
    readBefore = socket.bytesRead
    // The client is not to blame for bytes that wait for us in full buffers.
    if (req.complete || cameBytes >= MIN_BYTES || req.readableLength > 0) return
    stop()
    onSlow()
  })
  req.once('end', stop).once('close', stop)
}
