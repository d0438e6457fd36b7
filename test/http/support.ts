import { mkdtemp, rm } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { expect } from 'vitest'
import type { HttpConfig } from '../../src/config.js'
import type { AccessParts } from '../../src/http/access/guard.js'
import { createLinkSigner } from '../../src/http/access/links.js'
import { createApp } from '../../src/http/app.js'
import type { EachWindow } from '../../src/http/limits/each-window.js'
import { problemCodes } from '../../src/http/openapi/problems.js'
import type { Audience } from '../../src/http/present/audience.js'
import { routes } from '../../src/http/routes/index.js'
import { startServer } from '../../src/http/server.js'
import { httpConfig } from '../support/http-config.js'
import { checkBody } from '../support/same-process.js'
import { createStandInUseCases, type StandInUseCases } from './stand-in-use-cases.js'

export interface TestServer {
  readonly url: string
  readonly port: number
  readonly useCases: StandInUseCases
  /** The lines logged so far. */
  readonly log: Record<string, unknown>[]
  close(): Promise<void>
}

export const MAX_UPLOAD_BYTES = 200_000

/** Access as on a local machine: no key is required. */
export const NO_KEYS: AccessParts = { needsKey: false, links: createLinkSigner('secret', 3600) }

/** The audience without keys, which sees everything. */
export const LOCAL_AUDIENCE: Audience = {
  link: (path) => path,
  streamLink: (path) => ({ path, expiresAt: null }),
  isAnonymous: false,
  isOperator: true,
}

/** The real app on a real port, over stand-in use cases. */
export async function startTestServer(
  maxUploadBytes = MAX_UPLOAD_BYTES,
  access = NO_KEYS,
  { eachWindow, ...change }: Partial<HttpConfig> & { eachWindow?: EachWindow } = {},
): Promise<TestServer> {
  const dir = await mkdtemp(join(tmpdir(), 'cutroom-http-'))
  const useCases = createStandInUseCases(dir)
  const lines: Record<string, unknown>[] = []
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(JSON.parse(chunk.toString()) as Record<string, unknown>)
      done()
    },
  })
  const config = httpConfig({ maxUploadBytes, ...change })
  const stopping = new AbortController()
  const log = pino({ level: 'info' }, sink)
  const windows = eachWindow === undefined ? {} : { eachWindow }
  const app = createApp({ useCases, checkBody, config, access, log, stopping: stopping.signal, ...windows })
  const server = await startServer(app, config, { graceMs: 200, ...windows })
  const close = async () => {
    stopping.abort()
    await server.close()
    await rm(dir, { recursive: true, force: true })
  }
  return { url: server.url, port: server.port, useCases, log: lines, close }
}

export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly instance: string
  readonly code: string
  readonly request_id: string
  readonly errors?: readonly { pointer: string; message: string }[]
}

/** Checks everything that all problems have in common. `isStaged`: the test makes a route fail as it never would. */
export async function expectProblem(
  response: Response,
  status: number,
  code: string,
  { isStaged = false } = {},
): Promise<Problem> {
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  const problem = (await response.json()) as Problem
  expect({ httpStatus: response.status, code: problem.code }).toEqual({ httpStatus: status, code })
  expect(problem).toMatchObject({ type: `/problems/${code}`, status })
  expect(problem.title).not.toBe('')
  if (!isStaged)
    expectDocumented(new URL(response.url || problem.instance, 'http://localhost').pathname, code)
  expect(problem.detail).not.toBe('')
  expect(problem.request_id).toBe(response.headers.get('x-request-id'))
  expect(problem.instance).toMatch(/^\//)
  return problem
}

/** Codes of the server, whatever the route: it has none of that path or method, or something is away. */
const ANYWHERE = ['route-not-found', 'method-not-allowed', 'storage-unavailable', 'orchestrator-unavailable']

/** What a route answers must be in the API's document. */
function expectDocumented(path: string, code: string): void {
  const parts = path.split('/')
  const matching = routes.filter(({ path: pattern }) => {
    const segments = pattern.split('/')
    const isSame = (segment: string, index: number) => segment.startsWith('{') || segment === parts[index]
    return segments.length === parts.length && segments.every(isSame)
  })
  if (matching.length === 0 || ANYWHERE.includes(code)) return
  expect(matching.flatMap((route): string[] => problemCodes(route))).toContain(code)
}

export async function readJson(response: Response): Promise<Record<string, unknown>> {
  return (await response.json()) as Record<string, unknown>
}

export function postJson(
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
}

export interface Part {
  readonly name: string
  readonly filename?: string
  readonly content: string | Buffer
}

export const BOUNDARY = 'test-boundary'

/** A form written by hand, so that tests can make it invalid. */
export function multipart(parts: readonly Part[]): Buffer {
  const pieces = parts.flatMap(({ name, filename, content }) => {
    const file = filename === undefined ? '' : `; filename="${filename}"`
    const head = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n`
    return [Buffer.from(head), Buffer.from(content), Buffer.from('\r\n')]
  })
  return Buffer.concat([...pieces, Buffer.from(`--${BOUNDARY}--\r\n`)])
}

export function postForm(
  url: string,
  parts: readonly Part[],
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': `multipart/form-data; boundary=${BOUNDARY}`, ...headers },
    body: new Uint8Array(multipart(parts)),
  })
}

/** A connection on which a test writes bytes that no client library would send. */
export function openRaw(port: number): RawConnection {
  const socket = connect(port, '127.0.0.1')
  let received = ''
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    received += chunk
  })
  socket.on('error', () => undefined)
  const closed = new Promise<string>((resolve) => socket.once('close', () => resolve(received)))
  return { socket, closed, received: () => received }
}

export interface RawConnection {
  readonly socket: Socket
  /** Everything received, once the connection has closed. */
  readonly closed: Promise<string>
  readonly received: () => string
}

/** Sends bytes unchanged, and returns everything that comes back. */
export function sendRaw(port: number, bytes: string): Promise<string> {
  const { socket, closed } = openRaw(port)
  socket.write(bytes, 'latin1')
  return closed
}
