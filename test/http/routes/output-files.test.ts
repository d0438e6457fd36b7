import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { JobId } from '../../../src/jobs/model.js'
import { makeOutput } from '../../support/records.js'
import { expectProblem, readJson, startTestServer, type TestServer } from '../support.js'

let server: TestServer
let id: JobId
beforeAll(async () => {
  server = await startTestServer()
  const { job } = server.useCases.addJob({ status: 'completed' })
  id = job.id
  server.useCases.jobs.set(id, { ...server.useCases.addJob(job), outputs: [makeOutput(job, 'hls')] })
  for (const name of ['master.m3u8', 'segment-1.m4s', 'segment-2.m4s']) {
    await server.useCases.addFile(`processed/${id}/hls/${name}`, name)
  }
})
afterAll(() => server.close())

const files = (query = '', name = 'hls') =>
  fetch(`${server.url}/api/v1/jobs/${id}/outputs/${name}/files${query}`)
const download = (query: string, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/api/v1/jobs/download/${id}?${query}`, { headers })

describe('GET /jobs/{id}/outputs/{name}/files', () => {
  test('lists files with links that lead to them', async () => {
    const page = await readJson(await files())
    expect(page).toMatchObject({ total: 3, total_size: 37, next_cursor: null })
    const [first] = page['files'] as { name: string; size: number; download_url: string }[]
    expect(first).toMatchObject({ name: 'master.m3u8', size: 11 })
    const file = await fetch(new URL(first?.download_url ?? '', server.url))
    expect([file.status, new URL(file.url).pathname]).toEqual([200, `/processed/${id}/hls/master.m3u8`])
  })

  test('lists them a page at a time', async () => {
    const first = await readJson(await files('?limit=2'))
    expect(first['next_cursor']).toBe('segment-1.m4s')
    const second = await readJson(await files(`?limit=2&cursor=${String(first['next_cursor'])}`))
    expect(second).toMatchObject({ files: [{ name: 'segment-2.m4s' }], next_cursor: null })
  })

  test('refuses what is no name, no page and no output', async () => {
    await expectProblem(await files('?limit=0'), 400, 'request-invalid')
    await expectProblem(await files('?cursor=..%2Fx'), 400, 'request-invalid')
    await expectProblem(await files('', '.hidden'), 400, 'request-invalid')
    await expectProblem(await files('', 'dash'), 404, 'output-not-found')
  })
})

describe('a download as ZIP', () => {
  test('says how long it is, and that it has no ranges', async () => {
    const response = await download('quality=hls&format=zip', { Range: 'bytes=2-3' })
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/zip',
      'content-length': '11',
      'accept-ranges': 'none',
      'content-disposition': 'attachment; filename=clip-hls.zip',
    })
    expect(await response.text()).toBe('master.m3u8')
    const etag = response.headers.get('etag') ?? ''
    expect((await download('quality=hls&format=zip', { 'If-None-Match': etag })).status).toBe(304)
  })

  test('is the only other format', async () => {
    const { errors } = await expectProblem(await download('format=tar'), 400, 'request-invalid')
    expect(errors?.[0]?.pointer).toBe('/query/format')
  })
})
