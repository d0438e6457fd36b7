import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { jobListSchema } from '../../../src/http/present/job.js'
import { toJobId } from '../../../src/http/request/ids.js'
import { expectProblem, readJson, startTestServer, type TestServer } from '../support.js'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())
beforeEach(() => {
  server.useCases.jobs.clear()
  server.useCases.videos.clear()
})

const get = (path: string) => fetch(`${server.url}/api/v1${path}`)

describe('the list of jobs', () => {
  test('pages through all jobs, newest first, without gaps or repeats', async () => {
    const made = Array.from({ length: 7 }, () => server.useCases.addJob({}).job.id)
    const seen: unknown[] = []
    let cursor = ''
    for (let page = 0; page < 4; page += 1) {
      const body = await readJson(await get(`/jobs?limit=2${cursor}`))
      expect(jobListSchema.validate(body, { convert: false }).error).toBeUndefined()
      const { jobs, next_cursor: next } = body as { jobs: { job_id: string }[]; next_cursor: string | null }
      seen.push(...jobs.map(({ job_id }) => job_id))
      cursor = next === null ? '' : `&cursor=${next}`
    }
    expect(cursor).toBe('')
    expect(seen).toEqual(made.reverse())
  })

  test('filters by status, type and video', async () => {
    const { job } = server.useCases.addJob({ status: 'failed', type: 'trim' })
    server.useCases.addJob({ status: 'completed' })
    const filters = [
      `status=failed`,
      `type=trim`,
      `video_id=${job.videoId}`,
      `video_id=${job.videoId.toUpperCase()}`,
    ]
    for (const filter of filters) {
      const { jobs } = (await readJson(await get(`/jobs?${filter}`))) as { jobs: { job_id: string }[] }
      expect(jobs.map(({ job_id }) => toJobId(job_id))).toEqual([job.id])
    }
  })

  test.each([
    ['limit=0', '/query/limit'],
    ['limit=101', '/query/limit'],
    ['limit=1.5', '/query/limit'],
    ['limit=', '/query/limit'],
    ['limit=5&limit=6', '/query/limit'],
    ['status=done', '/query/status'],
    ['type=', '/query/type'],
    ['video_id=1', '/query/video_id'],
    ['cursor=abc', '/query/cursor'],
    [`cursor=${'A'.repeat(29)}B`, '/query/cursor'],
    ['cursor=', '/query/cursor'],
    ['page=2', '/query/page'],
    ['status[$ne]=failed', '/query/status[$ne]'],
    ['__proto__=1', '/query/__proto__'],
  ])('refuses ?%s', async (query, pointer) => {
    const { errors } = await expectProblem(await get(`/jobs?${query}`), 400, 'request-invalid')
    expect([...new Set(errors?.map((issue) => issue.pointer))]).toEqual([pointer])
  })

  test('lists all errors at once', async () => {
    const { errors } = await expectProblem(await get('/jobs?limit=x&status=y&z=1'), 400, 'request-invalid')
    expect(errors?.map(({ pointer }) => pointer)).toEqual(['/query/status', '/query/limit', '/query/z'])
  })
})
