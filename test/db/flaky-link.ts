import type { AddressInfo } from 'node:net'
import { connect, createServer, type Socket } from 'node:net'

/** A proxy to PostgreSQL that a test can cut, freeze and mend. */
export interface FlakyLink {
  readonly url: string
  /** Breaks every connection, and refuses new ones. */
  cut(): void
  /** Keeps connections open, but lets nothing through any more. */
  freeze(): void
  /** Lets requests through, and withholds the answers of PostgreSQL from now on. */
  loseAnswers(): void
  /** Lets new connections through again. */
  mend(): void
  close(): Promise<void>
}

export async function openFlakyLink(url: string): Promise<FlakyLink> {
  const target = new URL(url)
  const sockets = new Set<Socket>()
  const answering = new Map<Socket, Socket>()
  let state: 'whole' | 'cut' | 'frozen' = 'whole'
  const server = createServer((client) => {
    keep(client)
    if (state === 'cut') client.destroy()
    if (state !== 'whole') return
    const postgres = keep(connect(Number(target.port), target.hostname))
    client.pipe(postgres).pipe(client)
    answering.set(postgres, client)
    postgres.once('close', () => answering.delete(postgres))
    client.on('close', () => postgres.destroy())
    postgres.on('close', () => client.destroy())
  })
  function keep(socket: Socket): Socket {
    sockets.add(socket)
    return socket.on('error', () => undefined).on('close', () => sockets.delete(socket))
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const destroyAll = () => [...sockets].forEach((socket) => socket.destroy())
  const through = new URL(url)
  through.host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url: through.href,
    cut() {
      state = 'cut'
      destroyAll()
    },
    freeze() {
      state = 'frozen'
      for (const socket of sockets) socket.unpipe().pause()
    },
    loseAnswers() {
      for (const [postgres, client] of answering) postgres.unpipe(client).resume()
    },
    mend() {
      state = 'whole'
    },
    async close() {
      destroyAll()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
