import { createServer, type RequestListener, type Server, STATUS_CODES } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import type { HttpConfig } from '../config.js'
import { AppError, hasErrorCode } from '../errors.js'
import { mayUpload } from './body/upload-limits.js'
import type { EachWindow } from './limits/each-window.js'
import { cutSlowReaders } from './limits/slow-readers.js'
import { describeProblem, PROBLEM_TYPE } from './reply/problem.js'

const HEADERS_TIMEOUT_MS = 20_000
const CHECK_INTERVAL_MS = 5_000
/** Maximum size of the request line and the headers together; larger ones are 431. */
const MAX_HEADER_BYTES = 16 * 1024
/** A connection on which no byte moves for this time is closed. Slow bodies and slow readers: see limits/. */
const IDLE_TIMEOUT_MS = 120_000
const GRACE_MS = 10_000

export interface RunningServer {
  /** An address that works on this machine: `http://127.0.0.1:8000`. */
  readonly url: string
  readonly port: number
  /** Refuses new connections, lets running requests finish for `graceMs`, then closes their connections. */
  close(): Promise<void>
}

interface ServerOptions {
  readonly graceMs?: number
  /** Time in which the headers of a request must arrive. */
  readonly headersTimeoutMs?: number
  /** Timer for slow readers; tests end its windows by hand. */
  readonly eachWindow?: EachWindow
  /** Called when a connection could not be accepted, for want of file descriptors for example. */
  readonly onError?: (error: Error) => void
}

export async function startServer(
  app: RequestListener,
  config: HttpConfig,
  {
    graceMs = GRACE_MS,
    headersTimeoutMs = HEADERS_TIMEOUT_MS,
    eachWindow,
    onError = () => {},
  }: ServerOptions = {},
): Promise<RunningServer> {
  const server = createHttpServer(app, config, headersTimeoutMs, eachWindow)
  const { port } = await listenOnAny(server, config)
  // Without a listener the process would end.
  server.on('error', onError)
  return { url: `http://${urlHost(config.host)}:${port}`, port, close: () => close(server, graceMs) }
}

function createHttpServer(
  app: RequestListener,
  config: HttpConfig,
  headersTimeoutMs: number,
  eachWindow?: EachWindow,
): Server {
  const server = createServer({
    // Uploads may take long: limits/slow-bodies.ts and body/json-body.ts limit the time of bodies.
    requestTimeout: 0,
    headersTimeout: headersTimeoutMs,
    maxHeaderSize: MAX_HEADER_BYTES,
    keepAliveTimeout: config.keepAliveSec * 1000,
    connectionsCheckingInterval: Math.min(CHECK_INTERVAL_MS, headersTimeoutMs),
  })
  server.setTimeout(IDLE_TIMEOUT_MS)
  server.maxConnections = config.maxConnections
  spareIdle(server, config.maxConnections)
  cutSlowReaders(server, eachWindow)
  server.on('request', app)
  // A client that sends `Expect: 100-continue` learns before it sends its file that the file is too large.
  server.on('checkContinue', (req, res) => {
    if (mayUpload(req, config.maxUploadBytes)) res.writeContinue()
    app(req, res)
  })
  server.on('clientError', refuseGarbage)
  return server
}

/** Closes connections that wait between two requests when the last free one is taken, so that they keep nobody out. */
function spareIdle(server: Server, maxConnections: number): void {
  let open = 0
  server.on('connection', (socket) => {
    open += 1
    socket.once('close', () => {
      open -= 1
    })
    if (open >= maxConnections) server.closeIdleConnections()
  })
}

async function listenOnAny(server: Server, config: HttpConfig): Promise<AddressInfo> {
  try {
    return await listen(server, config.host, config.port)
  } catch (error) {
    if (!hasErrorCode(error, 'EADDRINUSE')) throw error
    if (config.portIsFixed) {
      throw new Error(
        `Port ${config.port} on ${config.host} is in use. Set PORT to another one, or to 0 for any free port.`,
        {
          cause: error,
        },
      )
    }
    return listen(server, config.host, 0)
  }
}

function listen(server: Server, host: string, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      const address = server.address()
      if (address === null || typeof address === 'string') reject(new Error('the server has no port'))
      else resolve(address)
    })
  })
}

async function close(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  // Kept-alive connections become idle one after the other, as their last answers end.
  server.prependListener('request', (_req, res) => res.setHeader('Connection', 'close'))
  const idle = setInterval(() => server.closeIdleConnections(), 50)
  const cut = setTimeout(() => server.closeAllConnections(), graceMs)
  await closed
  clearInterval(idle)
  clearTimeout(cut)
}

/** Invalid HTTP never reaches the app; it is answered with a problem, too. */
function refuseGarbage(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (
    error.code === 'ECONNRESET' ||
    !socket.writable ||
    ('bytesWritten' in socket && socket.bytesWritten !== 0)
  ) {
    socket.destroy()
    return
  }
  const isLate = error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
  const isTooLarge = error.code === 'HPE_HEADER_OVERFLOW'
  const status = isLate ? 408 : isTooLarge ? 431 : 400
  const problem = isLate
    ? new AppError('request-timeout', `The headers did not arrive within ${HEADERS_TIMEOUT_MS / 1000} s.`)
    : new AppError(
        'request-invalid',
        isTooLarge
          ? `The request line and the headers are larger than the maximum of ${MAX_HEADER_BYTES} bytes.`
          : 'The request is not valid HTTP.',
      )
  const body = JSON.stringify({ ...describeProblem(problem, '', ''), status })
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: ${PROBLEM_TYPE}\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  )
}

function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::' || host === '') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}
