import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { type EachWindow, eachWindowOf } from './each-window.js'

/**
 * Cuts connections that took nothing within a whole window while something waited to be sent. The idle timeout does
 * not: a byte a minute is no idleness to it, and keeps a file open. Files are sent in pieces of 512 KiB, of which one
 * has to go through: 4 KiB a second.
 */
export function cutSlowReaders(server: Server, eachWindow: EachWindow = eachWindowOf(120_000)): void {
  /** What had been sent when the window began; null where nothing waited then. */
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
