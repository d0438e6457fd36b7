import { createHash, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import {
  BOUNDARY,
  expectProblem,
  MAX_UPLOAD_BYTES,
  type Part,
  postForm,
  readJson,
  sendRaw,
  startTestServer,
  type TestServer,
} from '../support.js'
import { clip, head, MULTIPART } from '../uploads.js'

let server: TestServer
let url: string
beforeAll(async () => {
  server = await startTestServer()
  url = `${server.url}/api/v1/upload`
})
afterAll(() => server.close())

const lastUpload = () => server.useCases.uploads.at(-1)
const nothingLeft = () => vi.waitFor(async () => expect(await server.useCases.leftovers()).toEqual([]))

describe('a good upload', () => {
  test('arrives whole, hashed, under its own name, and creates a job', async () => {
    const content = randomBytes(150_000)
    const response = await postForm(url, [clip(content)])
    const job = await readJson(response)
    expect(response.status).toBe(202)
    expect(response.headers.get('location')).toBe(`/api/v1/jobs/${String(job['job_id'])}`)
    expect(job).toMatchObject({ type: 'upload', status: 'pending', progress: 0 })
    expect(job).toHaveProperty('video_id')
    expect(job).toHaveProperty('created_at')
    expect(lastUpload()).toMatchObject({
      originalFilename: 'clip.mp4',
      sizeBytes: 150_000,
      sha256: createHash('sha256').update(content).digest('hex'),
    })
    await nothingLeft()
  })

  test('takes metadata as JSON, and a priority', async () => {
    const fields = [
      { name: 'metadata', content: '{"ref":"A-17","note":"नमस्ते"}' },
      { name: 'priority', content: '1' },
    ]
    const job = await readJson(await postForm(url, [...fields, clip('with fields')]))
    expect(job).toMatchObject({ priority: 1, metadata: { ref: 'A-17', note: 'नमस्ते' } })
  })

  test.each([
    ['metadata', 'no JSON'],
    ['metadata', '[1]'],
    ['metadata', '{"__proto__":{"a":1}}'],
    ['metadata', '{"constructor":1}'],
    ['metadata', JSON.stringify({ a: 'x'.repeat(17_000) })],
    ['metadata', `${'{"a":'.repeat(2000)}1${'}'.repeat(2000)}`],
    ['priority', '9'],
  ])('refuses the field %s with %.40s', async (name, content) => {
    const response = await postForm(url, [{ name, content }, clip('refused')])
    const { errors } = await expectProblem(response, 400, 'request-invalid')
    expect(errors?.[0]?.pointer).toMatch(new RegExp(`^/${name}`))
    await nothingLeft()
  })

  test('may be as large as the limit', async () => {
    expect((await postForm(url, [clip(randomBytes(MAX_UPLOAD_BYTES))])).status).toBe(202)
    expect(lastUpload()?.sizeBytes).toBe(MAX_UPLOAD_BYTES)
  })

  test('with an idempotency key makes one job; another file or name is refused', async () => {
    const key = { 'Idempotency-Key': 'upload-1' }
    const first = await readJson(await postForm(url, [clip('same')], key))
    const again = await readJson(await postForm(url, [clip('same')], key))
    expect(again['job_id']).toBe(first['job_id'])
    await expectProblem(await postForm(url, [clip('other')], key), 422, 'idempotency-key-reused')
    await expectProblem(await postForm(url, [clip('same', 'b.mp4')], key), 422, 'idempotency-key-reused')
  })

  test('a form that fetch and FormData send is read', async () => {
    const form = new FormData()
    form.append('file', new Blob(['bytes']), 'día ☀ "q".mp4')
    expect((await fetch(url, { method: 'POST', body: form })).status).toBe(202)
    expect(lastUpload()?.originalFilename).toBe('día ☀ "q".mp4')
  })
})

const names: [string, string, string][] = [
  ['UTF-8', 'नमस्ते 日本.mp4', 'नमस्ते 日本.mp4'],
  ['a path', '../../etc/passwd', 'passwd'],
  ['a Windows path', 'C:\\Users\\me\\clip.mov', 'clip.mov'],
  ['only dots', '..', 'upload'],
  ['a folder', 'dir/', 'upload'],
  ['control characters', 'a\tbc\u009b.mp4', 'abc.mp4'],
  ['a disguised extension', 'clip\u202e4pm.exe', 'clip4pm.exe'],
  ['a line break as browsers escape it', 'a%0D%0Ab.mp4', 'ab.mp4'],
  ['500 characters', `${'x'.repeat(500)}.mp4`, `${'x'.repeat(251)}.mp4`],
  ['a pair cut in half', `${'x'.repeat(250)}😀.mp4`, `${'x'.repeat(250)}.mp4`],
]

test.each(names)('a name with %s is cleaned', async (_name, given, kept) => {
  expect((await postForm(url, [clip('x', given)])).status).toBe(202)
  expect(lastUpload()?.originalFilename).toBe(kept)
})

const badForms: [string, Part[], string[]][] = [
  ['no parts', [], ['/file']],
  ['an empty file', [clip('')], ['/file']],
  ['two files', [clip(), clip()], ['/file']],
  ['a file under another name', [{ ...clip(), name: 'video' }], ['/file', '/video']],
  ['a field besides', [clip(), { name: 'note', content: 'x' }], ['/note']],
  ['text in place of the file', [{ name: 'file', content: 'x' }], ['/file']],
  ['a file without a name', [clip('x', '')], ['/file']],
  ['__proto__ as a field', [clip(), { name: '__proto__', content: 'x' }], ['/__proto__']],
  ['a nested field', [clip(), { name: 'a[b][c]', content: 'x' }], ['/a']],
  ['a field that is too long', [clip(), { name: 'note', content: 'x'.repeat(5000) }], ['/note']],
]

describe('an invalid form', () => {
  test.each(badForms)('with %s is refused at each wrong part', async (_name, parts, pointers) => {
    const count = server.useCases.uploads.length
    const { errors = [] } = await expectProblem(await postForm(url, parts), 400, 'request-invalid')
    expect(errors.map(({ pointer }) => pointer).sort()).toEqual(pointers)
    expect(server.useCases.uploads).toHaveLength(count)
    await nothingLeft()
  })

  const broken: [string, string, string][] = [
    [
      'without its end',
      MULTIPART,
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nx`,
    ],
    ['without a boundary', 'Content-Type: multipart/form-data', 'x'],
    ['with a boundary that never comes', MULTIPART, 'nothing here'],
    ['with a broken part header', MULTIPART, `--${BOUNDARY}\r\nnonsense\r\n\r\nx\r\n--${BOUNDARY}--\r\n`],
  ]
  test.each(broken)('%s is refused', async (_name, contentType, body) => {
    const answer = await sendRaw(
      server.port,
      head([contentType, `Content-Length: ${body.length}`, 'Connection: close']) + body,
    )
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    expect(answer).toContain('"code":"request-invalid"')
    await nothingLeft()
  })

  test('of another content type is answered with 415', async () => {
    const response = await fetch(url, {
      method: 'POST',
      body: '{}',
      headers: { 'Content-Type': 'application/json' },
    })
    await expectProblem(response, 415, 'unsupported-content-type')
  })
})

test('a failure of the use case is reported and leaves nothing behind', async () => {
  const { AppError } = await import('../../../src/errors.js')
  server.useCases.failWith(new AppError('unsupported-media', 'The file is no video'))
  await expectProblem(await postForm(url, [clip()]), 400, 'unsupported-media')
  server.useCases.failWith(null)
  await nothingLeft()
})
