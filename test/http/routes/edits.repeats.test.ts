import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Video } from '../../../src/jobs/model.js'
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

test.each([
  ['trim', { start_time: 0, end_time: 1 }],
  ['overlay', { overlay_type: 'text', content: 'Hello' }],
  ['watermark', { watermark_path: 'logo.png' }],
  ['quality', { qualities: ['480p'] }],
  ['edits', { operations: [{ type: 'mute' }] }],
])('POST /%s takes priority and metadata', async (route, fields) => {
  const about = { priority: 1, metadata: { ref: 'A-17' } }
  const response = await post(route, { video_id: video.id, ...fields, ...about })
  expect(response.status).toBe(202)
  expect(server.useCases.edits.at(-1)).toMatchObject(about)
  expect(server.useCases.edits.at(-1)?.operations[0] ?? {}).not.toHaveProperty('priority')
})

describe('an Idempotency-Key', () => {
  const trim = (end: number) => ({ video_id: video.id, start_time: 0, end_time: end })

  test('gives the same job for the same request, whatever the order of its fields', async () => {
    const key = { 'Idempotency-Key': 'k-1' }
    const first = await readJson(await post('trim', trim(2), key))
    const again = await post('trim', { end_time: 2, mode: null, start_time: 0.0, video_id: video.id }, key)
    expect(again.status).toBe(202)
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect((await readJson(again))['job_id']).toBe(first['job_id'])
  })

  test('refuses another body, and the same body on another route', async () => {
    const key = { 'Idempotency-Key': 'k-2' }
    await post('quality', { video_id: video.id }, key)
    await expectProblem(await post('trim', trim(3), key), 422, 'idempotency-key-reused')
    await expectProblem(
      await post('quality', { video_id: video.id, qualities: ['240p'] }, key),
      422,
      'idempotency-key-reused',
    )
    await expectProblem(await post('edits', { video_id: video.id }, key), 422, 'idempotency-key-reused')
  })

  test('tells a replay from the first answer', async () => {
    const key = { 'Idempotency-Key': 'k-4' }
    const first = await post('quality', { video_id: video.id }, key)
    expect(first.headers.has('idempotent-replayed')).toBe(false)
    const again = await post('quality', { video_id: video.id }, key)
    expect(again.headers.get('idempotent-replayed')).toBe('true')
  })

  test('covers the priority of the request, too', async () => {
    const key = { 'Idempotency-Key': 'k-5' }
    await post('trim', trim(2), key)
    const same = await post('trim', { ...trim(2), priority: 3, metadata: {} }, key)
    expect(same.status).toBe(202)
    await expectProblem(await post('trim', { ...trim(2), priority: 1 }, key), 422, 'idempotency-key-reused')
  })

  test('covers the metadata of the request, too', async () => {
    const key = { 'Idempotency-Key': 'k-3' }
    await post('edits', { video_id: video.id, metadata: { a: 1 } }, key)
    const other = await post('edits', { video_id: video.id, metadata: { a: 2 } }, key)
    await expectProblem(other, 422, 'idempotency-key-reused')
  })

  test.each([['x'.repeat(256)], ['two words'], ['']])('refuses the key %j', async (key) => {
    const { errors } = await expectProblem(
      await post('trim', trim(2), { 'Idempotency-Key': key }),
      400,
      'request-invalid',
    )
    expect(errors?.[0]?.pointer).toBe('/header/idempotency-key')
  })
})
