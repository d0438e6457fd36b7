import { once } from 'node:events'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { AppError } from '../../../src/errors.js'
import type { Video } from '../../../src/jobs/model.js'
import { PICTURE } from '../stand-in-previews.js'
import { UNKNOWN_VIDEO } from '../stand-in-use-cases.js'
import { expectProblem, postJson, startTestServer, type TestServer } from '../support.js'

let server: TestServer
let video: Video
beforeAll(async () => {
  server = await startTestServer()
  video = server.useCases.addVideo()
})
afterAll(() => server.close())
beforeEach(() => {
  server.useCases.previews.makings.length = 0
  server.useCases.previews.onMake = null
})

const preview = (fields: object, headers: Record<string, string> = {}) =>
  postJson(`${server.url}/api/v1/edits/preview`, fields, headers)
const frame = (query = '', init: RequestInit = {}) =>
  fetch(`${server.url}/api/v1/videos/${video.id}/frame${query}`, init)
const last = () => server.useCases.previews.asked.at(-1)

describe('POST /edits/preview', () => {
  test('answers with the picture, which nobody else may keep', async () => {
    const operations = [{ type: 'trim', start_time: 1, end_time: 2 }]
    const edit = {
      video_id: video.id,
      operations,
      output: { qualities: ['480p'] },
      priority: 1,
      metadata: {},
    }
    const response = await preview({ edit, at: 0.5, width: 320, format: 'webp' })
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'content-length': String(PICTURE.length),
      etag: '"abc"',
      'cache-control': 'private, no-cache',
      'x-content-type-options': 'nosniff',
    })
    expect(await response.text()).toBe(PICTURE)
    expect(last()).toMatchObject({
      edit: { videoId: video.id, operations: [{ type: 'trim', start_time: 1 }], output: edit.output },
      picture: { at: 0.5, width: 320, format: 'webp' },
    })
  })

  test('has defaults for everything but the video', async () => {
    expect((await preview({ edit: { video_id: video.id } })).status).toBe(200)
    expect(last()?.edit).toMatchObject({ operations: [], output: null, audio: null, image: null })
    expect(last()?.picture).toEqual({ at: 0, width: null, format: 'jpeg' })
  })

  test.each([
    [{}, ['/edit']],
    [
      { edit: { video_id: UNKNOWN_VIDEO, operations: [{ type: 'trim' }, { type: 'none' }] } },
      [/^\/edit\/operations\/1/],
    ],
    [{ edit: { video_id: UNKNOWN_VIDEO }, at: -1, width: 8, format: 'png' }, ['/at', '/format', '/width']],
    [{ edit: { video_id: UNKNOWN_VIDEO }, at: '1' }, ['/at']],
  ])('refuses %j at each invalid field', async (body, pointers) => {
    const { errors = [] } = await expectProblem(await preview(body), 400, 'request-invalid')
    expect(errors.map(({ pointer }) => pointer).sort()).toEqual(
      pointers.map((pointer) =>
        typeof pointer === 'string' ? pointer : (expect.stringMatching(pointer) as string),
      ),
    )
  })

  test('is 404 for an unknown video', async () => {
    await expectProblem(await preview({ edit: { video_id: UNKNOWN_VIDEO } }), 404, 'video-not-found')
  })
})

describe('GET /videos/{id}/frame', () => {
  test('answers with the picture of that moment', async () => {
    const response = await frame('?at=1.25&width=640&format=webp')
    expect(response.status).toBe(200)
    expect(await response.text()).toBe(PICTURE)
    expect(last()).toEqual({ edit: null, picture: { at: 1.25, width: 640, format: 'webp' } })
  })

  test('answers 304 without making it where the client has it', async () => {
    const response = await frame('?at=1', { headers: { 'If-None-Match': '"abc"' } })
    expect(response.status).toBe(304)
    expect(response.headers.get('etag')).toBe('"abc"')
    expect(server.useCases.previews.makings).toEqual([])
    expect((await frame('?at=1', { headers: { 'If-None-Match': '"other"' } })).status).toBe(200)
  })

  test('makes nothing for HEAD', async () => {
    const response = await frame('', { method: 'HEAD' })
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/jpeg'])
    expect(server.useCases.previews.makings).toEqual([])
  })

  test.each(['?at=x', '?at=-1', '?width=0', '?format=png'])('refuses %s', async (query) => {
    const { errors = [] } = await expectProblem(await frame(query), 400, 'request-invalid')
    expect(errors.map(({ pointer }) => pointer)).toEqual([`/query/${/\w+/.exec(query)?.[0]}`])
  })
})

test('a client that goes away ends the making', async () => {
  const gone = new AbortController()
  const begun = new Promise<AbortSignal>((resolve) => {
    server.useCases.previews.onMake = (signal) => {
      resolve(signal)
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error))
      })
    }
  })
  const asking = frame('', { signal: gone.signal }).catch((error: unknown) => error)
  const signal = await begun
  gone.abort()
  await asking
  if (!signal.aborted) await once(signal, 'abort')
  expect(signal.aborted).toBe(true)
})

test('a picture that cannot be made is a problem without an ETag', async () => {
  server.useCases.previews.onMake = () =>
    Promise.reject(new AppError('preview-timed-out', 'It took too long.'))
  const response = await frame()
  expect(response.headers.get('etag')).toBeNull()
  expect(response.headers.get('retry-after')).not.toBeNull()
  await expectProblem(response, 503, 'preview-timed-out')
})
