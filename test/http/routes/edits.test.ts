import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { planSchema } from '../../../src/http/present/plan.js'
import type { Video } from '../../../src/jobs/model.js'
import { textOverlay } from '../../support/overlays.js'
import { UNKNOWN_VIDEO } from '../stand-in-use-cases.js'
import { expectProblem, postJson, readJson, startTestServer, type TestServer } from '../support.js'

let server: TestServer
let video: Video
beforeAll(async () => {
  server = await startTestServer()
  video = server.useCases.addVideo()
})
afterAll(() => server.close())

const post = (route: string, body: unknown, headers: Record<string, string> = {}) =>
  postJson(`${server.url}/api/v1/${route}`, body, headers)
const lastEdit = () => server.useCases.edits.at(-1)

describe('a route of one operation', () => {
  test('becomes an edit of that operation with its defaults', async () => {
    const response = await post('trim', { video_id: video.id, start_time: 1, end_time: 3.5 })
    const job = await readJson(response)
    expect(response.status).toBe(202)
    expect(response.headers.get('location')).toBe(`/api/v1/jobs/${String(job['job_id'])}`)
    expect(job).toMatchObject({ video_id: video.id, type: 'trim', status: 'pending', error_message: null })
    expect(lastEdit()).toEqual({
      type: 'trim',
      videoId: video.id,
      operations: [{ type: 'trim', start_time: 1, end_time: 3.5, mode: null }],
      output: null,
      priority: 3,
      metadata: {},
      config: { start_time: 1, end_time: 3.5, mode: null },
    })
  })

  test('adds a text overlay', async () => {
    const response = await post('overlay', { video_id: video.id, overlay_type: 'text', content: 'नमस्ते' })
    expect(response.status).toBe(202)
    expect(lastEdit()?.operations).toMatchObject([textOverlay({ content: 'नमस्ते' })])
  })

  test('adds a watermark', async () => {
    const response = await post('watermark', { video_id: video.id, watermark_path: 'logo.png' })
    expect(response.status).toBe(202)
    expect(lastEdit()?.operations).toMatchObject([
      { type: 'watermark', watermark_path: 'logo.png', position: 'bottom-right', opacity: 0.8, margin: 10 },
    ])
  })

  test('makes the qualities 1080p, 720p and 480p by default', async () => {
    expect((await post('quality', { video_id: video.id })).status).toBe(202)
    expect(lastEdit()).toMatchObject({ operations: [], output: { qualities: ['1080p', '720p', '480p'] } })
  })

  test('accepts the id of a video in capitals', async () => {
    const response = await post('quality', { video_id: video.id.toUpperCase() })
    expect((await readJson(response))['video_id']).toBe(video.id)
  })
})

describe('POST /edits', () => {
  test('passes every field on', async () => {
    const body = {
      video_id: video.id,
      operations: [
        { type: 'trim', start_time: 5, end_time: 35 },
        { type: 'overlay', overlay_type: 'image', content: 'logo.png', position_x: 4 },
      ],
      output: { qualities: ['720p'] },
      priority: 1,
      metadata: { ref: 'A-17', nested: { list: [1, null, true] } },
    }
    const response = await post('edits', body)
    expect(response.status).toBe(202)
    const { type, output, priority, metadata, operations, config } = lastEdit() ?? {}
    expect({ type, output, priority, metadata }).toEqual({
      type: 'edit',
      output: body.output,
      priority: 1,
      metadata: body.metadata,
    })
    expect(operations).toHaveLength(2)
    expect(config).toMatchObject({ output: body.output, priority: 1 })
    expect(config).not.toHaveProperty('metadata')
    expect((await readJson(response))['metadata']).toEqual(body.metadata)
  })

  test('has defaults for everything but the video', async () => {
    expect((await post('edits', { video_id: video.id })).status).toBe(202)
    expect(lastEdit()).toMatchObject({ operations: [], output: null, priority: 3, metadata: {} })
    expect((await post('edits', { video_id: video.id, output: null })).status).toBe(202)
    expect(lastEdit()?.output).toBeNull()
  })
})

test('a dry run answers with the plan and creates nothing', async () => {
  const before = server.useCases.edits.length
  const response = await post('edits', { video_id: video.id, dry_run: true })
  expect(response.status).toBe(200)
  expect(response.headers.get('location')).toBeNull()
  const plan = await readJson(response)
  expect(planSchema.validate(plan).error).toBeUndefined()
  expect(server.useCases.edits).toHaveLength(before)
})

const text = { overlay_type: 'text', content: 'hi' }
const invalid: [string, string, Record<string, unknown>, string[]][] = [
  ['no body fields', 'trim', {}, ['/video_id']],
  ['an end before the start', 'trim', { start_time: 5, end_time: 5 }, ['/end_time']],
  ['numbers as text', 'trim', { start_time: '0', end_time: '5' }, ['/end_time', '/start_time']],
  ['a negative start', 'trim', { start_time: -1, end_time: 5 }, ['/start_time']],
  ['an unknown mode', 'trim', { start_time: 0, end_time: 5, mode: 'fast' }, ['/mode']],
  ['an unknown field', 'trim', { start_time: 0, end_time: 5, speed: 2 }, ['/speed']],
  [
    'an id that is no UUID, and more',
    'quality',
    { video_id: 'abc', qualities: [] },
    ['/qualities', '/video_id'],
  ],
  ['unknown qualities', 'quality', { qualities: ['720p', '9000p', 'x'] }, ['/qualities/1', '/qualities/2']],
  ['a quality twice', 'quality', { qualities: ['720p', '720p'] }, ['/qualities/1']],
  ['no qualities', 'quality', { qualities: [] }, ['/qualities']],
  ['a path as an asset', 'watermark', { watermark_path: '../a.png' }, ['/watermark_path']],
  ['too little opacity', 'watermark', { watermark_path: 'a.png', opacity: 0.05 }, ['/opacity']],
  ['a colour that is none', 'overlay', { ...text, font_color: 'red;drawbox' }, ['/font_color']],
  ['a path as an overlay image', 'overlay', { overlay_type: 'image', content: '/etc/passwd' }, ['/content']],
  ['NUL in a text', 'overlay', { ...text, content: 'a\0b' }, ['/content']],
  ['half a surrogate pair', 'overlay', { ...text, content: 'a\ud800' }, ['/content']],
  ['a priority out of range', 'edits', { priority: 6 }, ['/priority']],
  ['a dry run that is no boolean', 'edits', { dry_run: 1 }, ['/dry_run']],
  ['metadata that is no object', 'edits', { metadata: [1] }, ['/metadata']],
  ['too much metadata', 'edits', { metadata: { a: 'x'.repeat(16 * 1024) } }, ['/metadata']],
  ['NUL in a name of metadata', 'edits', { metadata: { 'a\0': 1 } }, ['/metadata']],
  ['an unknown operation', 'edits', { operations: [{ type: 'explode' }] }, ['/operations/0']],
  [
    'a bad field in the second operation',
    'edits',
    {
      operations: [
        { type: 'trim', start_time: 0, end_time: 1 },
        { type: 'trim', start_time: 3, end_time: 1 },
      ],
    },
    ['/operations/1/end_time'],
  ],
]

describe('an invalid request', () => {
  test.each(invalid)('with %s is refused at each invalid field', async (_name, route, fields, pointers) => {
    const isWithoutVideo = pointers.includes('/video_id')
    const response = await post(route, { ...(isWithoutVideo ? {} : { video_id: video.id }), ...fields })
    const { errors = [] } = await expectProblem(response, 400, 'request-invalid')
    expect(errors.map(({ pointer }) => pointer).sort()).toEqual(pointers)
    for (const { message } of errors) expect(message).not.toBe('')
  })

  test('is told the valid qualities when one is unknown', async () => {
    const response = await post('quality', { video_id: video.id, qualities: ['9000p'] })
    const { errors } = await expectProblem(response, 400, 'request-invalid')
    expect(errors?.[0]?.message).toContain('1080p')
  })

  test('is told of mistakes in the query, the headers and the body together', async () => {
    const response = await post('trim?debug=1', { start_time: -1 }, { 'Idempotency-Key': 'has space' })
    const { errors = [] } = await expectProblem(response, 400, 'request-invalid')
    expect(errors.map(({ pointer }) => pointer).sort()).toEqual([
      '/header/idempotency-key',
      '/query/debug',
      '/start_time',
      '/video_id',
    ])
  })

  test('with __proto__ is refused and pollutes nothing', async () => {
    const body = `{"video_id":"${video.id}","metadata":{"__proto__":{"polluted":true}}}`
    const headers = { 'Content-Type': 'application/json' }
    const response = await fetch(`${server.url}/api/v1/edits`, { method: 'POST', headers, body })
    const { errors } = await expectProblem(response, 400, 'request-invalid')
    expect(errors?.[0]?.pointer).toBe('/metadata/__proto__')
    expect({}).not.toHaveProperty('polluted')
  })

  test('with deep nesting is refused and does not overflow the stack', async () => {
    const deep = '['.repeat(200_000) + ']'.repeat(200_000)
    const body = `{"video_id":"${video.id}","metadata":{"a":${deep}}}`
    const headers = { 'Content-Type': 'application/json' }
    const response = await fetch(`${server.url}/api/v1/edits`, { method: 'POST', headers, body })
    await expectProblem(response, 400, 'request-invalid')
  })
})

test('fields that are null count as absent', async () => {
  const nulls = { font_size: null, font_color: null, language: null, position_x: null, end_time: null }
  const response = await post('overlay', { video_id: video.id, ...text, ...nulls })
  expect(response.status).toBe(202)
  expect(server.useCases.edits.at(-1)?.operations[0]).toMatchObject({ font_size: 24, language: 'en' })
})

test('an id that is no UUID names no video', async () => {
  const { errors } = await expectProblem(await post('quality', { video_id: 'abc' }), 404, 'video-not-found')
  expect(errors).toEqual([{ pointer: '/video_id', message: 'must be an id, which is a UUID' }])
})

test('an unknown video is 404', async () => {
  await expectProblem(await post('quality', { video_id: UNKNOWN_VIDEO }), 404, 'video-not-found')
})
