import { randomBytes } from 'node:crypto'
import { Upload } from 'tus-js-client'
import { describe, expect, test } from 'vitest'
import { ALICE, BOB, MAX_BYTES, OURS, useUploads } from '../resumable-uploads.js'
import { expectProblem, readJson } from '../support.js'

const { server, keyOf, call, patch, beginTus, urlOf, storedBytes, filesOf } = useUploads()
const workFiles = async () => (await server().world.files()).filter((file) => file.startsWith('work/'))

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

  test('sends to one whose length the server does not know, as the README shows', async () => {
    const content = randomBytes(100_000)
    const url = await urlOf({ filename: 'a.mp4' })
    const options = { uploadLengthDeferred: true, chunkSize: 30_000, headers: {}, endpoint: null }
    const { videoId = null } = await send(content, { ...options, uploadUrl: server().url + url })
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
