import type { IncomingMessage } from 'node:http'
import type { RequestHandler } from 'express'
import { AppError } from '../../errors.js'
import { sendProblem } from '../reply/problem.js'
import { hasBody } from '../request/has-body.js'
import { type EachWindow, eachWindowOf } from './each-window.js'

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
        // Whoever reads the body has to be told: of a request that is answered Node says nothing more.
        res.once('close', () => req.destroy())
        if (res.headersSent) req.destroy()
        else sendProblem(req, res, slow)
      })
    }
    next()
  }
}

/** Calls once when less than MIN_BYTES came within a window although somebody was waiting for them. */
export function watchBody(req: IncomingMessage, eachWindow: EachWindow, onSlow: () => void): void {
  const { socket } = req
  let readBefore = socket.bytesRead
  const stop = eachWindow(() => {
    const cameBytes = socket.bytesRead - readBefore
    readBefore = socket.bytesRead
    // What waits for us in full buffers is no fault of the client's.
    if (req.complete || cameBytes >= MIN_BYTES || req.readableLength > 0) return
    stop()
    onSlow()
  })
  req.once('end', stop).once('close', stop)
}
