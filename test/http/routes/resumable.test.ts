import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Upload } from 'tus-js-client'
import { describe, expect, test, vi } from 'vitest'
import { AppError } from '../../../src/errors.js'
import type { Owner } from '../../../src/jobs/model.js'
import type { UploadId } from '../../../src/jobs/uploads/upload.js'
import { FACTS } from '../../support/records.js'
import { useGuardedServer } from '../guarded-server.js'
import { expectProblem, openRaw, readJson } from '../support.js'

const MAX_BYTES = 3_000_000
const OURS = 'https://app.example'
const server = useGuardedServer({ maxUploadBytes: MAX_BYTES, corsOrigins: [OURS] })
const [ALICE, BOB] = ['alice' as Owner, 'bob' as Owner]
const TUS = { 'Tus-Resumable': '1.0.0' }
const BYTES = { ...TUS, 'Content-Type': 'application/offset+octet-stream' }

const keys = new Map<Owner, Promise<string>>()
const keyOf = (owner: Owner) => {
  const key = keys.get(owner) ?? server().key(owner, 'read', 'write')
  keys.set(owner, key)
  return key
}
const call = (path: string, method: string, headers: Record<string, string> = TUS, body?: Buffer) =>
  server().fetch(path, null, { method, headers, ...(body && { body: new Uint8Array(body) }) })
const patch = (path: string, offset: number, body: Buffer, headers: Record<string, string> = {}) =>
  call(path, 'PATCH', { ...BYTES, 'Upload-Offset': String(offset), ...headers }, body)
const offsetOf = async (path: string) => Number((await call(path, 'HEAD')).headers.get('upload-offset'))

async function begin(body: object, owner = ALICE, headers: Record<string, string> = {}): Promise<Response> {
  return server().fetch('/api/v1/uploads', await keyOf(owner), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
}

async function urlOf(body: object, owner = ALICE): Promise<string> {
  const response = await begin(body, owner)
  expect(response.status).toBe(201)
  return response.headers.get('location') ?? ''
}

async function beginTus(headers: Record<string, string>, owner = ALICE): Promise<Response> {
  return server().fetch('/api/v1/uploads', await keyOf(owner), {
    method: 'POST',
    headers: { ...TUS, ...headers },
  })
}

async function storedBytes(videoId: string | null): Promise<Buffer> {
  const video = await server().world.deps.repositories.videos.getByFilename(ALICE, `${videoId}.mp4`)
  return readFile(join(server().mediaDir, video?.filePath ?? ''))
}

const idIn = (url: string) => /resumable\/([^.]+)/.exec(url)?.[1] ?? ''
const filesOf = async (...urls: readonly string[]) => {
  const files = await server().world.files()
  return files.filter((file) => urls.some((url) => file.includes(idIn(url))))
}
const workFiles = async () => (await server().world.files()).filter((file) => file.startsWith('work/'))

describe('an upload in several requests', () => {
  test('becomes the same bytes, with one job that has its metadata, and leaves nothing else', async () => {
    const content = randomBytes(2_500_000)
    const response = await begin({
      filename: 'a/día.mp4',
      size: content.length,
      metadata: { ref: 'A' },
      priority: 2,
    })
    const url = response.headers.get('location') ?? ''
    expect(await readJson(response)).toMatchObject({
      upload_url: url,
      status: 'open',
      filename: 'día.mp4',
      offset: 0,
    })
    expect((await patch(url, 0, content.subarray(0, 1_200_000))).headers.get('upload-offset')).toBe('1200000')
    expect(await offsetOf(url)).toBe(1_200_000)
    const last = await patch(url, 1_200_000, content.subarray(1_200_000))
    expect(last.status).toBe(204)
    const jobId = last.headers.get('x-job-id') ?? ''
    const job = await readJson(await server().fetch(`/api/v1/jobs/${jobId}`, await keyOf(ALICE)))
    expect(job).toMatchObject({ type: 'upload', metadata: { ref: 'A' }, priority: 2 })
    expect((await storedBytes(last.headers.get('x-video-id'))).equals(content)).toBe(true)
    expect(await filesOf(url)).toEqual([])
    expect(await readJson(await call(url, 'GET'))).toMatchObject({ status: 'completed', job_id: jobId })
    // A client that lost the answer asks again.
    const again = await call(url, 'HEAD')
    expect([again.headers.get('upload-offset'), again.headers.get('x-job-id')]).toEqual(['2500000', jobId])
  })

  test('of unknown length is bounded, and ends when its length is told', async () => {
    const url = await urlOf({ filename: 'a.mp4' })
    expect((await call(url, 'HEAD')).headers.get('upload-defer-length')).toBe('1')
    await patch(url, 0, Buffer.from('abc'))
    await expectProblem(await patch(url, 3, Buffer.alloc(MAX_BYTES)), 413, 'upload-too-large')
    expect(await offsetOf(url)).toBe(3)
    const last = await patch(url, 3, Buffer.from('de'), { 'Upload-Length': '5' })
    expect(last.headers.get('x-job-id')).not.toBeNull()
    expect((await storedBytes(last.headers.get('x-video-id'))).toString()).toBe('abcde')
  })

  test('keeps what came before a cut', async () => {
    const url = await urlOf({ filename: 'a.mp4', size: 1_000_000 })
    const { socket } = openRaw(Number(new URL(server().url).port))
    socket.write(
      `PATCH ${url} HTTP/1.1\r\nHost: localhost\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n` +
        'Content-Type: application/offset+octet-stream\r\nContent-Length: 1000000\r\n\r\n',
    )
    const content = randomBytes(1_000_000)
    socket.write(content.subarray(0, 600_000))
    await vi.waitFor(async () => {
      const usage = await readJson(await server().fetch('/api/v1/usage', await keyOf(ALICE)))
      expect(usage).toMatchObject({ open_uploads: { used: 1 } })
    })
    // HEAD asks the request that still waits for bytes to let go, as the tus protocol has it.
    const offset = await offsetOf(url)
    expect(offset).toBeGreaterThan(0)
    socket.destroy()
    const last = await patch(url, offset, content.subarray(offset))
    expect((await storedBytes(last.headers.get('x-video-id'))).equals(content)).toBe(true)
  })

  test('is made once for an idempotency key', async () => {
    const key = { 'Idempotency-Key': 'k1' }
    const first = await begin({ filename: 'a.mp4', size: 10 }, ALICE, key)
    const again = await begin({ filename: 'a.mp4', size: 10 }, ALICE, key)
    expect(again.headers.get('location')).toBe(first.headers.get('location'))
    await expectProblem(
      await begin({ filename: 'b.mp4', size: 10 }, ALICE, key),
      422,
      'idempotency-key-reused',
    )
  })

  test('that is no film is refused once, and nothing stays', async () => {
    const url = await urlOf({ filename: 'a.txt', size: 4 })
    server().world.facts = new AppError('unsupported-media', 'It is no film.')
    await expectProblem(await patch(url, 0, Buffer.from('text')), 400, 'unsupported-media')
    server().world.facts = FACTS
    expect((await call(url, 'HEAD')).status).toBe(400)
    expect(await readJson(await call(url, 'GET'))).toMatchObject({
      status: 'failed',
      error_code: 'unsupported-media',
    })
    expect(await filesOf(url)).toEqual([])
  })

  test('whose job cannot be made now is kept, and the next look makes the job', async () => {
    const url = await urlOf({ filename: 'a.mp4', size: 4 })
    const { failures } = server().world.orchestrator
    failures.check = new AppError('orchestrator-unavailable', 'Temporal is away.')
    await expectProblem(await patch(url, 0, Buffer.from('film')), 503, 'orchestrator-unavailable')
    failures.check = null
    const found = await call(url, 'HEAD')
    expect((await storedBytes(found.headers.get('x-video-id'))).toString()).toBe('film')
  })

  test('is removed by DELETE', async () => {
    const url = await urlOf({ filename: 'a.mp4', size: 10 })
    await patch(url, 0, Buffer.from('abc'))
    expect((await call(url, 'DELETE')).status).toBe(204)
    expect((await call(url, 'HEAD')).status).toBe(404)
    expect(await filesOf(url)).toEqual([])
  })
})

describe('refused are', () => {
  test('offsets that are not where the upload is, and leave it alone', async () => {
    const url = await urlOf({ filename: 'a.mp4', size: 10 })
    await patch(url, 0, Buffer.from('abc'))
    for (const offset of [0, 2, 4, 10])
      await expectProblem(await patch(url, offset, Buffer.from('x')), 409, 'upload-offset-wrong')
    for (const offset of ['-1', '3.0', '0x3', 'NaN'])
      await expectProblem(
        await patch(url, 0, Buffer.from('x'), { 'Upload-Offset': offset }),
        400,
        'request-invalid',
      )
    await expectProblem(await patch(url, 3, Buffer.from('12345678')), 413, 'upload-too-large')
    await expectProblem(
      await patch(url, 3, Buffer.from('x'), { 'Content-Type': 'video/mp4' }),
      415,
      'unsupported-content-type',
    )
    await expectProblem(
      await patch(url, 3, Buffer.from('x'), { 'Tus-Resumable': '0.2.2' }),
      412,
      'tus-unsupported',
    )
    expect(await offsetOf(url)).toBe(3)
  })

  test('bytes with a wrong checksum, and right ones are taken', async () => {
    const url = await urlOf({ filename: 'a.mp4', size: 10 })
    const sum = (text: string, algorithm = 'sha1') =>
      `${algorithm} ${createHash(algorithm).update(text).digest('base64')}`
    await expectProblem(
      await patch(url, 0, Buffer.from('abc'), { 'Upload-Checksum': sum('abd') }),
      460,
      'checksum-mismatch',
    )
    expect(await offsetOf(url)).toBe(0)
    for (const wrong of ['crc32 AAAA', 'sha1', 'sha1 AAAA', `sha1 ${'A'.repeat(28)} x`])
      await expectProblem(
        await patch(url, 0, Buffer.from('abc'), { 'Upload-Checksum': wrong }),
        400,
        'request-invalid',
      )
    await patch(url, 0, Buffer.from('abc'), { 'Upload-Checksum': sum('abc') })
    expect(
      (await patch(url, 3, Buffer.from('1234567'), { 'Upload-Checksum': sum('1234567', 'sha256') })).status,
    ).toBe(204)
  })

  test('tokens that the server has not signed, and uploads that have expired', async () => {
    const url = await urlOf({ filename: 'a.mp4', size: 10 })
    const other = await urlOf({ filename: 'a.mp4', size: 10 })
    const mixed = `${url.split('.')[0]}.${other.split('.')[1]}`
    for (const path of [`${url}x`, url.slice(0, -1), mixed, `${url}.x`, '/uploads/resumable/x'])
      expect((await patch(path, 0, Buffer.from('x'))).status).toBe(404)
    const { uploads } = server().world.deps.repositories
    const [id, token] = [idIn(url) as UploadId, randomUUID()]
    await uploads.acquire(id, token, 1000)
    await uploads.update(id, token, { expiresAt: new Date(0) })
    await uploads.release(id, token)
    await expectProblem(await patch(url, 0, Buffer.from('x')), 410, 'upload-expired')
  })

  test('files that are too large, and bodies that are wrong', async () => {
    await expectProblem(await begin({ filename: 'a', size: MAX_BYTES + 1 }), 413, 'upload-too-large')
    await expectProblem(await beginTus({ 'Upload-Length': String(MAX_BYTES + 1) }), 413, 'upload-too-large')
    await expectProblem(await begin({ size: 0, x: 1 }), 400, 'request-invalid')
    await expectProblem(await beginTus({}), 400, 'request-invalid')
    await expectProblem(
      await beginTus({ 'Upload-Length': '5', 'Upload-Metadata': 'filename x y' }),
      400,
      'request-invalid',
    )
    await expectProblem(
      await beginTus({ 'Upload-Length': '5', 'Upload-Metadata': `ref ${btoa('a\0b')}` }),
      400,
      'request-invalid',
    )
  })
})

test('two requests at once never mix their bytes', async () => {
  const url = await urlOf({ filename: 'a.mp4', size: 2_000_000 })
  const [a, b] = [Buffer.alloc(2_000_000, 'a'), Buffer.alloc(2_000_000, 'b')]
  const answers = await Promise.all([patch(url, 0, a), patch(url, 0, b)])
  // The second one asks the first to let go; whoever comes too late is told the offset.
  for (;;) {
    const offset = await offsetOf(url)
    if (offset === 2_000_000) break
    answers.push(await patch(url, offset, a.subarray(offset)))
  }
  const videoId = (await call(url, 'HEAD')).headers.get('x-video-id')
  const text = (await storedBytes(videoId)).toString()
  expect(text).toMatch(/^(a+|b+a*)$/)
  expect(answers.map(({ status }) => status).every((status) => status === 204 || status === 409)).toBe(true)
})

test('an owner has a limited number of unfinished uploads', async () => {
  const many = 'many' as Owner
  const statuses: number[] = []
  for (let count = 0; count < 1010; count += 10) {
    const some = Array.from({ length: 10 }, () => begin({ filename: 'a.mp4', size: 10 }, many))
    statuses.push(...(await Promise.all(some)).map(({ status }) => status))
  }
  expect(statuses.filter((status) => status === 201)).toHaveLength(1000)
  expect(statuses.slice(-10)).toEqual(Array.from({ length: 10 }, () => 429))
  const usage = await readJson(await server().fetch('/api/v1/usage', await keyOf(many)))
  expect(usage['unfinished_uploads']).toEqual({ used: 1000, limit: 1000 })
  expect((await begin({ filename: 'a.mp4', size: 10 }, BOB)).status).toBe(201)
}, 120_000)

describe('parts', () => {
  const partOf = async (text: string, owner = ALICE) => {
    const response = await beginTus(
      { 'Upload-Length': String(text.length), 'Upload-Concat': 'partial' },
      owner,
    )
    const url = response.headers.get('location') ?? ''
    const half = Math.floor(text.length / 2)
    await patch(url, 0, Buffer.from(text.slice(0, half)))
    return { url, rest: () => patch(url, half, Buffer.from(text.slice(half))) }
  }
  const finalOf = (urls: readonly string[], owner = ALICE) =>
    beginTus({ 'Upload-Concat': `final;${urls.join(' ')}` }, owner)

  test('are joined in the order of the request, once', async () => {
    const [one, two] = [await partOf('first '), await partOf('second')]
    await expectProblem(await finalOf([one.url, two.url]), 409, 'upload-incomplete')
    expect((await one.rest()).headers.get('x-job-id')).toBeNull()
    await two.rest()
    const joined = await finalOf([`https://host${two.url}`, one.url])
    expect(joined.status).toBe(201)
    expect((await storedBytes(joined.headers.get('x-video-id'))).toString()).toBe('secondfirst ')
    expect(await filesOf(one.url, two.url, joined.headers.get('location') ?? '')).toEqual([])
    const again = await finalOf([two.url, one.url])
    expect(again.headers.get('x-job-id')).toBe(joined.headers.get('x-job-id'))
    await expectProblem(await finalOf([one.url, two.url]), 403, 'upload-finished')
    const url = joined.headers.get('location') ?? ''
    expect((await call(url, 'HEAD')).headers.get('upload-concat')).toBe(`final;${two.url} ${one.url}`)
    await expectProblem(await patch(url, 12, Buffer.from('x')), 403, 'upload-finished')
  })

  test('of another owner, whole uploads and what does not exist are not joined', async () => {
    const foreign = await partOf('abcd', BOB)
    await foreign.rest()
    await expectProblem(await finalOf([foreign.url]), 404, 'upload-not-found')
    const whole = await urlOf({ filename: 'a.mp4', size: 4 })
    await expectProblem(await finalOf([whole]), 404, 'upload-not-found')
    await expectProblem(await finalOf(['/uploads/resumable/x']), 404, 'upload-not-found')
    const part = await partOf('abcd')
    await part.rest()
    await expectProblem(await finalOf([part.url, part.url]), 403, 'upload-finished')
  })
})

describe('tus-js-client', () => {
  const send = async (content: Buffer, options: object = {}) => {
    const key = await keyOf(ALICE)
    return new Promise<Record<string, string | undefined>>((resolve, reject) => {
      const upload = new Upload(content, {
        endpoint: `${server().url}/api/v1/uploads`,
        retryDelays: [0, 100, 300],
        headers: { Authorization: `Bearer ${key}` },
        metadata: { filename: 'film.mp4', ref: 'B-7' },
        ...options,
        onError: reject,
        onSuccess: ({ lastResponse }) =>
          resolve({
            jobId: lastResponse.getHeader('X-Job-Id'),
            videoId: lastResponse.getHeader('X-Video-Id'),
          }),
      })
      upload.start()
    })
  }

  test.each([
    ['in one request', {}],
    ['in chunks', { chunkSize: 300_000 }],
    ['with its first bytes', { uploadDataDuringCreation: true, chunkSize: 300_000 }],
    ['of unknown length', { uploadLengthDeferred: true, chunkSize: 300_000 }],
    ['in parts at once', { parallelUploads: 3 }],
  ])('sends a file %s', async (_name, options) => {
    const content = randomBytes(1_000_000)
    const before = await workFiles()
    const { videoId = null, jobId = '' } = await send(content, options)
    expect((await storedBytes(videoId)).equals(content)).toBe(true)
    const job = await readJson(await server().fetch(`/api/v1/jobs/${jobId}`, await keyOf(ALICE)))
    expect(job['config']).toEqual({ original_filename: 'film.mp4' })
    expect(await workFiles()).toEqual(before)
  })

  test('sends to a signed URL without a key', async () => {
    const content = randomBytes(100_000)
    const url = await urlOf({ filename: 'a.mp4', size: content.length })
    const { videoId = null } = await send(content, {
      uploadUrl: server().url + url,
      headers: {},
      endpoint: null,
    })
    expect((await storedBytes(videoId)).equals(content)).toBe(true)
  })
})

test('OPTIONS and CORS tell browsers and clients what there is', async () => {
  const options = await call('/api/v1/uploads', 'OPTIONS', {})
  expect(Object.fromEntries(options.headers)).toMatchObject({
    'tus-version': '1.0.0',
    'tus-max-size': String(MAX_BYTES),
    'tus-extension':
      'creation,creation-with-upload,creation-defer-length,termination,expiration,checksum,concatenation',
  })
  expect(options.headers.get('tus-checksum-algorithm')).toContain('sha1')
  const url = await urlOf({ filename: 'a.mp4', size: 10 })
  const sent = await patch(url, 0, Buffer.from('a'), { Origin: OURS })
  const exposed = sent.headers.get('access-control-expose-headers')
  for (const name of ['Upload-Offset', 'Upload-Expires', 'X-Job-Id', 'Location'])
    expect(exposed).toContain(name)
  expect(Date.parse(sent.headers.get('upload-expires') ?? '')).toBeGreaterThan(Date.now())
})
