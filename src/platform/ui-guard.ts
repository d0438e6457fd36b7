import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { pipeline } from 'node:stream'
import { hasErrorCode } from '../errors.js'
import { hasSeveralHosts, isOfOtherSite, isSafeMethod, isThisMachine } from '../loopback.js'
import { PortInUseError } from './ports.js'

export interface UiAddress {
  readonly host: string
  readonly port: number
}

export interface UiGuard {
  /** Ends open connections, too. */
  readonly close: () => Promise<void>
}

/**
 * Lets people of this machine through to Temporal's UI, which itself answers under any host name and may stop every
 * job: not pages of other sites, and not names of other sites that resolve to this machine (DNS rebinding).
 * @throws PortInUseError
 */
export async function startUiGuard(own: UiAddress, ui: UiAddress): Promise<UiGuard> {
  const server = createServer((req, res) => {
    const refused = refusal(req)
    if (refused) answer(res, refused.status, refused.message)
    else forward(req, res, ui)
  })
  // Without a listener the process would end.
  server.on('clientError', (_error, socket) => socket.destroy())
  server.listen({ ...own, exclusive: true })
  try {
    await once(server, 'listening')
  } catch (error) {
    throw hasErrorCode(error, 'EADDRINUSE') ? new PortInUseError(own.port) : error
  }
  server.on('error', () => {})
  return {
    close: async () => {
      if (!server.listening) return
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

function refusal({
  method,
  headers,
  rawHeaders,
}: IncomingMessage): { status: number; message: string } | null {
  if (hasSeveralHosts(rawHeaders)) return { status: 400, message: 'The request has several Host headers.' }
  if (headers.host === undefined || !isThisMachine(headers.host)) {
    return { status: 403, message: 'The UI can be reached as localhost, 127.0.0.1 or [::1] only.' }
  }
  if (isSafeMethod(method) || !isOfOtherSite(headers)) return null
  return { status: 403, message: 'Pages of other sites may not do this.' }
}

function answer(res: ServerResponse, status: number, message: string): void {
  res
    .writeHead(status, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' })
    .end(`${message}\n`)
}

function forward(req: IncomingMessage, res: ServerResponse, { host, port }: UiAddress): void {
  const { method, url: path, headers } = req
  const upstream = request({ host, port, method, path, headers }, (reply) => {
    res.writeHead(reply.statusCode ?? 502, reply.headers)
    pipeline(reply, res, () => {})
  })
  upstream.on('error', () => {
    if (res.headersSent) res.destroy()
    else answer(res, 502, 'The UI does not answer.')
  })
  pipeline(req, upstream, () => {})
  // A client that goes away leaves nothing running behind it.
  res.on('close', () => upstream.destroy())
}
