import { afterAll, beforeAll, expect, test } from 'vitest'
import { ERRORS } from '../../../src/errors.js'
import { expectProblem, readJson, startTestServer, type TestServer } from '../support.js'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const get = (path: string, accept: string) => fetch(server.url + path, { headers: { accept } })
const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'

test.each(Object.keys(ERRORS))('/problems/%s is a page for browsers and JSON for others', async (code) => {
  const page = await get(`/problems/${code}`, BROWSER)
  expect(page.status).toBe(200)
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(page.headers.get('vary')).toContain('Accept')
  const html = await page.text()
  for (const part of [code, 'Why', 'For instance', 'What to do']) expect(html).toContain(part)
  for (const accept of ['*/*', 'application/json']) {
    const json = await get(`/problems/${code}`, accept)
    expect(json.headers.get('content-type')).toContain('application/json')
    expect(Object.keys(await readJson(json))).toEqual([
      'code',
      'title',
      'status',
      'cause',
      'example',
      'remedy',
    ])
  }
})

test('the type of a problem leads to its page', async () => {
  const refused = await get('/api/v1/videos?limit=0', '*/*')
  const { type } = await expectProblem(refused, 400, 'request-invalid')
  expect(await readJson(await get(type, '*/*'))).toMatchObject({ code: 'request-invalid', status: 400 })
})

test('the page loads nothing but its style, and runs nothing', async () => {
  const page = await get('/problems/disk-full', BROWSER)
  expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'.*style-src 'self'/)
  const style = /href="(\/console\/[^"]+\.css)"/.exec(await page.text())?.[1] ?? ''
  expect((await get(style, '*/*')).headers.get('content-type')).toBe('text/css; charset=utf-8')
})

test('a code that does not exist has no page', async () => {
  await expectProblem(await get('/problems/nothing', BROWSER), 400, 'request-invalid')
})
