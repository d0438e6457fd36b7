import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { type EachWindow, eachWindowOf } from './each-window.js'

/**
 * Closes connections on which nothing was sent during a whole window although data was waiting. The idle timeout
 * cannot do this: a client that takes a byte a minute is not idle, and keeps a file open. Files are sent in pieces of
 * 512 KiB, one of which has to go through in each window, so the minimum is about 4 KiB a second.
 */
export function cutSlowReaders(server: Server, eachWindow: EachWindow = eachWindowOf(120_000)): void {
  /** Bytes sent by the start of the window; null if no data was waiting then. */
  const sentBefore = new Map<Socket, number | null>()
  server.on('connection', (socket) => {
    sentBefore.set(socket, null)
    socket.once('close', () => sentBefore.delete(socket))
  })
  const stop = eachWindow(() => {
    for (const [socket, before] of sentBefore) {
      const isWaiting = socket.writableLength > 0
      const sent = socket.bytesWritten - socket.writableLength
      if (isWaiting && sent === before) socket.destroy()
      else sentBefore.set(socket, isWaiting ? sent : null)
    }
  })
  server.once('close', stop)
}
