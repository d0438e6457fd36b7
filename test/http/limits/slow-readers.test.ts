import { describe, expect, test, vi } from 'vitest'
import { startServer } from '../../../src/http/server.js'
import { httpConfig } from '../../support/http-config.js'
import { manualWindows } from '../manual-windows.js'
import { openRaw } from '../support.js'
const MIB = 1024 * 1024

describe('a reader that takes almost nothing', () => {
  const big = Buffer.alloc(32 * MIB)

  test('is cut after a whole window in which nothing was sent', async () => {
    const windows = manualWindows()
    let isGone = false
    const server = await startServer(
      (req, res) => {
        req.socket.once('close', () => (isGone = true))
        res.end(big)
      },
      httpConfig(),
      { eachWindow: windows.eachWindow },
    )
    const { socket, received } = openRaw(server.port)
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
    await vi.waitFor(() => expect(received()).not.toBe(''))
    socket.pause()
    // The end of the first window notes what has been sent; it may fall at any moment.
    await vi.waitFor(() => {
      windows.end()
      expect(isGone).toBe(true)
    })
    socket.destroy()
    await server.close()
    expect(windows.count()).toBe(0)
  })

  test('is not cut while it takes a piece in each window', async () => {
    const windows = manualWindows()
    const server = await startServer(
      (_req, res) => {
        let left = 30
        const writeNext = () => {
          left -= 1
          if (left < 0) res.end()
          else res.write(big.subarray(0, MIB), onPiece)
        }
        // One piece has been sent, and another one waits.
        const onPiece = () => {
          windows.end()
          writeNext()
        }
        writeNext()
        writeNext()
      },
      httpConfig(),
      { eachWindow: windows.eachWindow },
    )
    const { socket, closed } = openRaw(server.port)
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')
    expect((await closed).length).toBeGreaterThan(30 * MIB)
    await server.close()
  })
})
