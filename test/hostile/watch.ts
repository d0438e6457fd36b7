import { once } from 'node:events'
import { stat, utimes, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'

export interface Trap {
  readonly url: string
  /** The number of connections so far. */
  count(): number
  close(): void
}

/** A server on this machine to which nobody has a reason to connect. */
export async function openTrap(): Promise<Trap> {
  let connections = 0
  const server = createServer((socket) => {
    connections += 1
    socket.end('HTTP/1.1 204 No Content\r\n\r\n')
    socket.on('error', () => undefined)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the trap has no port')
  return {
    url: `http://127.0.0.1:${address.port}/`,
    count: () => connections,
    close: () => server.close(),
  }
}

const LONG_AGO = new Date('2001-01-01T00:00:00Z')

/** A file that nobody has a reason to read. */
export async function layBait(
  path: string,
  contents: string | Buffer,
): Promise<{ wasRead(): Promise<boolean> }> {
  await writeFile(path, contents)
  // It is older than the last change, so that Linux notes the next reading even with relatime.
  const { mtime } = await stat(path)
  await utimes(path, LONG_AGO, mtime)
  return { wasRead: async () => (await stat(path)).atime.getTime() !== LONG_AGO.getTime() }
}
