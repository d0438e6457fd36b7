import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readJson, startTestServer, type TestServer } from '../support.js'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const get = (path: string, headers: Record<string, string> = {}) => fetch(server.url + path, { headers })

describe('the root', () => {
  test('is the console for a browser', async () => {
    const response = await get('/', { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' })
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(await response.text()).toContain('<title>Cutroom</title>')
  })

  test('is an overview for a program', async () => {
    const response = await get('/', { Accept: 'application/json' })
    expect(response.headers.get('vary')).toBe('Accept')
    expect(await readJson(response)).toEqual({
      name: 'Cutroom',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/) as unknown,
      docs: '/docs',
      redoc: '/redoc',
      openapi: '/openapi.json',
      health: '/health',
      api: '/api/v1',
    })
  })
})

describe.each(['/', '/docs', '/redoc'])('the page %s', (path) => {
  test('loads only files of the server, and has no inline script or style', async () => {
    const html = await (await get(path)).text()
    const links = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link ?? '')
    const parts = links.filter((link) => !link.startsWith('#'))
    expect(parts.length).toBeGreaterThan(2)
    for (const part of parts) {
      expect(part).toMatch(/^\//)
      const response = await get(part)
      expect(response.status).toBe(200)
      if (part.endsWith('.js')) expect(response.headers.get('content-type')).toMatch(/^text\/javascript/)
      if (part.endsWith('.css')) expect(response.headers.get('content-type')).toMatch(/^text\/css/)
    }
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=/)
  })
})

test('the modules of the console import only each other, and turn no text into markup', async () => {
  const seen = new Set<string>()
  const queue = ['console.js']
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (seen.has(name)) continue
    seen.add(name)
    const response = await get(`/console/${name}`)
    expect(response.status).toBe(200)
    const code = await response.text()
    expect(code).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(/)
    queue.push(...[...code.matchAll(/from '\.\/([\w-]+\.js)'/g)].map(([, file]) => file ?? ''))
  }
  expect(seen.size).toBeGreaterThan(5)
})

test('Redoc is served without links to other hosts', async () => {
  const bundle = await (await get('/redoc/redoc.js')).text()
  expect(bundle).not.toContain('cdn.redoc.ly')
})

test('parts of pages are revalidated by ETag', async () => {
  const etag = (await get('/docs/swagger-ui.css')).headers.get('etag') ?? ''
  expect((await get('/docs/swagger-ui.css', { 'If-None-Match': etag })).status).toBe(304)
})
