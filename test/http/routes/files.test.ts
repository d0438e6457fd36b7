import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AppError } from '../../../src/errors.js'
import type { Video } from '../../../src/jobs/model.js'
import { makeOutput } from '../../support/records.js'
import { UNKNOWN_JOB, UNKNOWN_VIDEO } from '../stand-in-use-cases.js'
import { expectProblem, sendRaw, startTestServer, type TestServer } from '../support.js'

const BYTES = '0123456789'
const ETAG = `"${'a'.repeat(64)}"`

let server: TestServer
let video: Video
let url: string
beforeAll(async () => {
  server = await startTestServer()
  video = server.useCases.addVideo()
  await server.useCases.addFile(`uploads/${video.filename}`, BYTES, { downloadName: 'mein "Clip" – ü.mp4' })
  url = `${server.url}/api/v1/videos/${video.id}/download`
})
afterAll(() => server.close())

const get = (headers: Record<string, string> = {}, method = 'GET') => fetch(url, { method, headers })

test('a download is complete, inert and named', async () => {
  const response = await get()
  expect(response.status).toBe(200)
  expect(await response.text()).toBe(BYTES)
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'video/mp4',
    'content-length': '10',
    'content-disposition': `attachment; filename="mein \\"Clip\\" ? ?.mp4"; filename*=UTF-8''mein%20%22Clip%22%20%E2%80%93%20%C3%BC.mp4`,
    etag: ETAG,
    'accept-ranges': 'bytes',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
    'cache-control': 'private, no-cache',
  })
  expect(response.headers.has('last-modified')).toBe(true)
})

test('HEAD has the same headers and no body, and ignores ranges', async () => {
  for (const headers of [{}, { Range: 'bytes=0-3' }]) {
    const response = await get(headers, 'HEAD')
    expect(response.status).toBe(200)
    expect(response.headers.get('content-length')).toBe('10')
    expect(response.headers.get('etag')).toBe(ETAG)
    expect(response.headers.get('accept-ranges')).toBe('bytes')
    expect(await response.text()).toBe('')
  }
})

const parts: [string, string, string][] = [
  ['bytes=0-3', '0123', 'bytes 0-3/10'],
  ['bytes=4-', '456789', 'bytes 4-9/10'],
  ['bytes=-3', '789', 'bytes 7-9/10'],
  ['bytes=8-99', '89', 'bytes 8-9/10'],
  ['bytes=9-9', '9', 'bytes 9-9/10'],
]
test.each(parts)('Range %s is 206', async (range, body, contentRange) => {
  const response = await get({ Range: range })
  expect(response.status).toBe(206)
  expect(await response.text()).toBe(body)
  expect(response.headers.get('content-range')).toBe(contentRange)
  expect(response.headers.get('content-length')).toBe(String(body.length))
  expect(response.headers.get('etag')).toBe(ETAG)
})

test.each([['bytes=10-'], ['bytes=99-100'], ['bytes=-0']])('Range %s is 416', async (range) => {
  const response = await get({ Range: range })
  expect(response.headers.get('content-range')).toBe('bytes */10')
  expect(response.headers.has('content-disposition')).toBe(false)
  await expectProblem(response, 416, 'range-not-satisfiable')
})

test.each([['bytes=0-1,4-5'], ['bytes=abc'], ['items=0-1'], ['bytes=5-2'], ['bytes=']])(
  'Range %s is answered with the whole file or 416, never with a wrong part',
  async (range) => {
    const response = await get({ Range: range })
    expect([200, 416]).toContain(response.status)
    if (response.status === 200) expect(await response.text()).toBe(BYTES)
  },
)

test('several ranges are answered with the whole file', async () => {
  const response = await get({ Range: 'bytes=0-1,4-5' })
  expect([response.status, await response.text()]).toEqual([200, BYTES])
})

const conditions: [string, Record<string, string>, number][] = [
  ['a range of more last bytes than there are', { Range: 'bytes=-99' }, 200],
  ['If-None-Match that matches', { 'If-None-Match': ETAG }, 304],
  ['If-None-Match in a list', { 'If-None-Match': `"x", ${ETAG}` }, 304],
  ['If-None-Match, weakly', { 'If-None-Match': `W/${ETAG}` }, 304],
  ['If-None-Match with a star', { 'If-None-Match': '*' }, 304],
  ['If-None-Match of another file', { 'If-None-Match': '"x"' }, 200],
  ['If-None-Match before a range', { 'If-None-Match': ETAG, Range: 'bytes=0-1' }, 304],
  ['If-Range that matches', { 'If-Range': ETAG, Range: 'bytes=0-1' }, 206],
  ['If-Range of another file', { 'If-Range': '"x"', Range: 'bytes=0-1' }, 200],
  ['If-Range that is weak', { 'If-Range': `W/${ETAG}`, Range: 'bytes=0-1' }, 200],
  ['If-Range of an old date', { 'If-Range': 'Thu, 01 Jan 1970 00:00:00 GMT', Range: 'bytes=0-1' }, 200],
  ['If-Range that is garbage', { 'If-Range': 'x', Range: 'bytes=0-1' }, 200],
  ['If-Match that matches', { 'If-Match': ETAG }, 200],
  ['If-Match of another file', { 'If-Match': '"x"' }, 412],
  ['If-Modified-Since the future', { 'If-Modified-Since': 'Fri, 01 Jan 2100 00:00:00 GMT' }, 304],
]
test.each(conditions)('%s is honoured as HTTP defines it', async (_name, headers, status) => {
  const response = await get(headers)
  expect(response.status).toBe(status)
  if (status === 304) {
    expect(await response.text()).toBe('')
    expect(response.headers.get('etag')).toBe(ETAG)
  }
  if (status === 412) await expectProblem(response, 412, 'precondition-failed')
})

test('a file without a known hash has a weak ETag, with which no download is resumed', async () => {
  await server.useCases.addFile('uploads/plain.mp4', BYTES, { sha256: null })
  const plain = `${server.url}/uploads/plain.mp4`
  const etag = (await fetch(plain)).headers.get('etag') ?? ''
  expect(etag).toMatch(/^W\/"/)
  const resumed = await fetch(plain, { headers: { 'If-Range': etag, Range: 'bytes=0-1' } })
  expect(resumed.status).toBe(200)
})

test('an empty file can be downloaded', async () => {
  await server.useCases.addFile('uploads/empty.mp4', '')
  const response = await fetch(`${server.url}/uploads/empty.mp4`)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-length')).toBe('0')
})

test('the content type comes from the record, never from the name', async () => {
  await server.useCases.addFile('uploads/page.html', '<script>alert(1)</script>', {
    contentType: 'application/octet-stream',
    downloadName: 'page.html',
  })
  const response = await fetch(`${server.url}/uploads/page.html`)
  expect(response.headers.get('content-type')).toBe('application/octet-stream')
  expect(response.headers.get('content-disposition')).toMatch(/^attachment/)
})

test('an output is downloaded by its name, and the first output by default', async () => {
  const { job } = server.useCases.addJob({ status: 'completed' })
  server.useCases.addJob(job, { outputs: [makeOutput(job, '1080p'), makeOutput(job, '720p')] })
  await server.useCases.addFile(`processed/${job.id}/1080p.mp4`, 'large')
  await server.useCases.addFile(`processed/${job.id}/720p.mp4`, 'small')
  const download = `${server.url}/api/v1/jobs/download/${job.id}`
  expect(await (await fetch(download)).text()).toBe('large')
  expect(await (await fetch(`${download}?quality=720p`)).text()).toBe('small')
  expect(await (await fetch(`${server.url}/processed/${job.id}/720p.mp4`)).text()).toBe('small')
  await expectProblem(await fetch(`${download}?quality=144p`), 404, 'output-not-found')
  await expectProblem(await fetch(`${download}?quality=a/b`), 400, 'request-invalid')
})

test('an unknown file is 404', async () => {
  const gone = server.useCases.addVideo()
  const open = () => Promise.reject(new AppError('file-not-found', 'It went after it was looked up'))
  await server.useCases.addFile(`uploads/${gone.filename}`, 'x', { open })
  for (const [path, code] of [
    [`/api/v1/videos/${UNKNOWN_VIDEO}/download`, 'video-not-found'],
    [`/api/v1/jobs/download/${UNKNOWN_JOB}`, 'job-not-found'],
    ['/api/v1/assets/none.png/download', 'asset-not-found'],
    ['/uploads/none.mp4', 'file-not-found'],
    [`/api/v1/videos/${gone.id}/download`, 'file-not-found'],
  ] as const) {
    const response = await fetch(server.url + path)
    expect(response.headers.has('content-disposition')).toBe(false)
    await expectProblem(response, 404, code)
  }
})

const attacks = [
  '/uploads/..%2f..%2fetc%2fpasswd',
  '/uploads/%2e%2e%2fpasswd',
  '/uploads/..%5c..%5cwin.ini',
  '/uploads/%2fetc%2fpasswd',
  '/uploads/a%00.mp4',
  '/uploads/%00',
  '/uploads/..',
  '/uploads/%2e%2e',
  '/uploads/../../etc/passwd',
  '/uploads//etc/passwd',
  '/uploads/.env',
  '/uploads/%ff',
  '/uploads/%zz',
  '/uploads/%252e%252e%252fpasswd',
  `/processed/${UNKNOWN_JOB}/..%2f..%2fx`,
  '/processed/..%2f..%2fx/a.mp4',
  '/processed/not-a-uuid/a.mp4',
  '/console/..%2findex.html',
  '/console/__proto__',
  '/docs/..%2fpackage.json',
  '/docs/constructor',
  `/uploads/${'a'.repeat(5000)}`,
]
describe('paths that try to leave the store are refused', () => {
  test.each(attacks)('%s', async (path) => {
    const answer = await sendRaw(
      server.port,
      `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
    )
    expect(answer).toMatch(/^HTTP\/1\.1 (400|404) /)
    expect(answer).toContain('application/problem+json')
    expect(answer).not.toContain('root:')
  })
})
