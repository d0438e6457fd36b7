import { once } from 'node:events'
import { createServer } from 'node:net'
import type { PortChoice } from '../config.js'
import { hasErrorCode } from '../errors.js'

const ATTEMPTS = 5
const ANY_PORT: PortChoice = { port: 0, isFixed: false }

/** A server could not listen, because another program listens on the port. */
export class PortInUseError extends Error {
  readonly port: number

  constructor(port: number) {
    super(`port ${port} is in use`)
    this.name = 'PortInUseError'
    this.port = port
  }
}

/**
 * Starts a server on the chosen port. If the port is in use, a default gives way to a free one; for a port that was set
 * by hand the error names its variable. A port that is free when we look may be taken when the server binds, so a start
 * that fails with PortInUseError is tried again on another port.
 */
export async function withPort<T>(
  variable: string,
  choice: PortChoice,
  host: string,
  start: (port: number) => Promise<T>,
): Promise<T> {
  let port = await choosePort(variable, choice, host)
  for (let attempt = 1; ; attempt++) {
    try {
      return await start(port)
    } catch (error) {
      if (!(error instanceof PortInUseError) || attempt === ATTEMPTS) throw error
      // Another port of the same server may have been the one in use.
      if (error.port !== port) continue
      if (choice.isFixed) throw portTaken(variable, port)
      port = await findFreePort(host)
    }
  }
}

export async function choosePort(variable: string, choice: PortChoice, host: string): Promise<number> {
  if (choice.port === 0) return findFreePort(host)
  if (await isPortFree(choice.port, host)) return choice.port
  if (choice.isFixed) throw portTaken(variable, choice.port)
  return findFreePort(host)
}

/** Starts a server on exactly this port, or on a free one for 0. */
export async function withPortNumber<T>(
  port: number,
  host: string,
  start: (port: number) => Promise<T>,
): Promise<T> {
  return port === 0 ? withPort('PORT', ANY_PORT, host, start) : start(port)
}

export async function isPortFree(port: number, host: string): Promise<boolean> {
  try {
    await listenOnce(port, host)
    return true
  } catch (error) {
    if (hasErrorCode(error, 'EADDRINUSE')) return false
    throw error
  }
}

async function findFreePort(host: string): Promise<number> {
  return listenOnce(0, host)
}

async function listenOnce(port: number, host: string): Promise<number> {
  const server = createServer()
  server.listen({ port, host, exclusive: true })
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return address.port
}

function portTaken(variable: string, port: number): Error {
  return new Error(
    `${variable}=${port} is in use by another program. Stop that program, choose another port, or unset ` +
      `${variable} to get a free one.`,
  )
}
