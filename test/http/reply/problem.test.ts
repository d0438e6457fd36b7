import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { AppError, ERRORS, isErrorCode } from '../../../src/errors.js'
import { STATUS } from '../../../src/http/reply/problem.js'
import { expectProblem, readJson, startTestServer, type TestServer } from '../support.js'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())
afterEach(() => server.useCases.failWith(null))

const get = (path: string, headers: Record<string, string> = {}) => fetch(server.url + path, { headers })

describe('a failure of a use case', () => {
  test.each(Object.keys(ERRORS))('with the code %s is answered as a problem', async (code) => {
    if (!isErrorCode(code)) throw new Error(`${code} is no code`)
    const secret = 'SELECT * FROM videos at /var/lib/secret'
    server.useCases.failWith(new AppError(code, secret))
    const status = STATUS[code]
    const response = await get('/api/v1/videos')
    const problem = await expectProblem(response, status, code, { isStaged: true })
    expect(problem.title).toBe(ERRORS[code].title)
    expect(problem.detail).toBe(status >= 500 ? problem.title : secret)
    expect(response.headers.get('retry-after')).toBe([429, 503].includes(status) ? '5' : null)
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  test('that is unexpected shows no details and is logged with its stack', async () => {
    server.useCases.failWith(new Error('connect to /var/lib/secret failed'))
    const response = await get('/api/v1/videos')
    expect(await response.clone().text()).not.toContain('secret')
    const problem = await expectProblem(response, 500, 'internal')
    await vi.waitFor(() => expect(JSON.stringify(server.log)).toContain(problem.request_id))
    const line = server.log.find((entry) => JSON.stringify(entry).includes(problem.request_id))
    expect(line).toMatchObject({ level: 50 })
    expect(JSON.stringify(line)).toContain('/var/lib/secret')
  })

  test('for lack of file descriptors says when to try again', async () => {
    server.useCases.failWith(Object.assign(new Error('too many open files'), { code: 'EMFILE' }))
    const response = await get('/api/v1/videos')
    expect(response.headers.get('retry-after')).toBe('5')
    await expectProblem(response, 503, 'out-of-resources')
  })
})

test('the URI of a problem type can be fetched', async () => {
  expect(await readJson(await get('/problems/job-finished'))).toMatchObject({
    code: 'job-finished',
    title: 'The job has already ended',
    status: 409,
  })
  await expectProblem(await get('/problems/unheard-of'), 400, 'request-invalid')
})
