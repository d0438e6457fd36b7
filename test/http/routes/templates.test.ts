import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { AppError } from '../../../src/errors.js'
import type { Video } from '../../../src/jobs/model.js'
import { UNKNOWN_VIDEO } from '../stand-in-use-cases.js'
import { expectProblem, postJson, readJson, startTestServer, type TestServer } from '../support.js'

let server: TestServer
let video: Video
beforeAll(async () => {
  server = await startTestServer()
  video = server.useCases.addVideo()
})
afterAll(() => server.close())

const TITLE = {
  name: 'Title',
  edit: {
    operations: [
      { type: 'overlay', overlay_type: 'text', content: 'Hello {{who}}', font_size: '{{size}}' },
      { type: 'trim', start_time: 0, end_time: '{{end}}' },
    ],
    output: { qualities: '{{qualities}}' },
  },
  values_schema: {
    type: 'object',
    properties: {
      who: { type: 'string', maxLength: 20 },
      size: { type: 'integer', default: 40 },
      end: { type: 'number' },
      qualities: { type: 'array', default: ['480p'] },
    },
    required: ['who', 'end'],
  },
}

const url = (path = '') => `${server.url}/api/v1/templates${path}`
const create = async (body: object = TITLE) => String((await readJson(await postJson(url(), body)))['id'])
const put = (id: string, body: object) =>
  fetch(url(`/${id}`), {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
const render = (id: string, body: object, headers: Record<string, string> = {}) =>
  postJson(url(`/${id}/render`), { video_id: video.id, ...body }, headers)

describe('a template', () => {
  test('is created, read, listed, changed by versions and deleted', async () => {
    const made = await postJson(url(), TITLE)
    const template = await readJson(made)
    const id = String(template['id'])
    expect([made.status, made.headers.get('location')]).toEqual([201, `/api/v1/templates/${id}`])
    expect(template).toMatchObject({ ...TITLE, description: '', version: 1, newest_version: 1 })
    expect(await readJson(await put(id, { ...TITLE, name: 'New' }))).toMatchObject({
      name: 'New',
      version: 2,
    })
    expect(await readJson(await fetch(url(`/${id}?version=1`)))).toMatchObject({
      name: 'Title',
      newest_version: 2,
    })
    const { templates } = await readJson(await fetch(url()))
    expect(templates).toContainEqual(expect.not.objectContaining({ edit: expect.anything() as unknown }))
    expect((await fetch(url(`/${id}`), { method: 'DELETE' })).status).toBe(204)
    await expectProblem(await fetch(url(`/${id}`)), 404, 'template-not-found')
  })

  test.each<[object, string]>([
    [{ edit: {} }, '/name'],
    [{ name: 'a', edit: { video: 1 } }, '/edit/video'],
    [{ name: 'a', edit: { operations: 'x'.repeat(70_000) } }, '/edit'],
    [{ name: 'a', edit: {}, values_schema: { properties: { a: { pattern: '(a+)+$' } } } }, '/values_schema'],
    [{ name: 'a', edit: {}, values_schema: { description: 'x'.repeat(70_000) } }, '/values_schema'],
  ])('is refused as %#', async (body, pointer) => {
    const { errors } = await expectProblem(await postJson(url(), body), 400, 'request-invalid')
    expect(errors?.map((error) => error.pointer)).toEqual([pointer])
  })
})

describe('a rendering', () => {
  test('is an edit with the values in place, each of its own type', async () => {
    const response = await render(await create(), { values: { who: 'Ada', end: 2.5 }, priority: 1 })
    expect(response.status).toBe(202)
    expect(server.useCases.edits.at(-1)).toMatchObject({
      type: 'edit',
      videoId: video.id,
      priority: 1,
      operations: [{ content: 'Hello Ada', font_size: 40 }, { end_time: 2.5 }],
      output: { qualities: ['480p'] },
    })
  })

  test('of a version is that of this version', async () => {
    const id = await create()
    await put(id, { ...TITLE, edit: { operations: [] } })
    const values = { who: 'Ada', end: 1 }
    await render(id, { values })
    expect(server.useCases.edits.at(-1)?.operations).toEqual([])
    await render(id, { values, version: 1 })
    expect(server.useCases.edits.at(-1)?.operations).toHaveLength(2)
    await expectProblem(await render(id, { values, version: 3 }), 404, 'template-not-found')
  })

  test('with wrong values is refused at the values', async () => {
    const response = await render(await create(), { values: { who: 'x'.repeat(21), end: '1' } })
    const { errors = [] } = await expectProblem(response, 400, 'request-invalid')
    expect(errors.map(({ pointer }) => pointer).sort()).toEqual(['/values/end', '/values/who'])
  })

  test('that makes a wrong edit is refused at the fields of the template', async () => {
    const values = { who: 'Ada', end: 0, size: 99_999, qualities: ['9000p'] }
    const response = await render(await create(), { values })
    const { errors = [] } = await expectProblem(response, 400, 'request-invalid')
    expect(new Set(errors.map(({ pointer }) => pointer))).toEqual(
      new Set(['/edit/operations/0/font_size', '/edit/operations/1/end_time', '/edit/output/qualities/0']),
    )
  })

  test('that cannot be rendered points to the fields of the template, too', async () => {
    const id = await create()
    const issues = [{ pointer: '/operations/1/end_time', message: 'is late' }]
    server.useCases.failWith(new AppError('edit-unrenderable', 'It is late', { issues }))
    const response = await render(id, { values: { who: 'Ada', end: 1 } })
    server.useCases.failWith(null)
    const { errors } = await expectProblem(response, 400, 'edit-unrenderable')
    expect(errors?.[0]?.pointer).toBe('/edit/operations/1/end_time')
  })

  test('needs a video, of the request or of the template', async () => {
    const empty = { name: 'a', edit: { operations: [] } }
    const { errors } = await expectProblem(
      await postJson(url(`/${await create(empty)}/render`), {}),
      400,
      'request-invalid',
    )
    expect(errors?.[0]?.pointer).toBe('/video_id')
    const fixed = await create({ ...empty, edit: { video_id: video.id } })
    expect((await postJson(url(`/${fixed}/render`), {})).status).toBe(202)
    const gone = await create({ ...empty, edit: { video_id: UNKNOWN_VIDEO } })
    await expectProblem(await postJson(url(`/${gone}/render`), {}), 404, 'video-not-found')
  })

  test('is made once for an idempotency key, and planned alone for a dry run', async () => {
    const id = await create()
    const values = { who: 'Ada', end: 1 }
    const jobs = await Promise.all(
      [1, 2].map(async () => readJson(await render(id, { values }, { 'Idempotency-Key': 'render' }))),
    )
    expect(jobs[1]?.['job_id']).toBe(jobs[0]?.['job_id'])
    const other = await render(id, { values: { ...values, who: 'Bob' } }, { 'Idempotency-Key': 'render' })
    await expectProblem(other, 422, 'idempotency-key-reused')
    const before = server.useCases.edits.length
    expect((await render(id, { values, dry_run: true })).status).toBe(200)
    expect(server.useCases.edits).toHaveLength(before)
  })
})
