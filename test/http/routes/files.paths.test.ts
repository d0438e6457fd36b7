import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { createLinkSigner } from '../../../src/http/access/links.js'
import type { Route } from '../../../src/http/route.js'
import { routes } from '../../../src/http/routes/index.js'
import type { Owner } from '../../../src/jobs/model.js'
import { type Home, LINK_TTL_SEC, useGuardedServer } from '../guarded-server.js'
import { sendRaw } from '../support.js'

/** Made from the route table, so that new file routes are tested, too. */
const server = useGuardedServer()
const ACME = 'acme' as Owner
const CANARY = 'canary-of-a-file-that-no-route-leads-to'
let home: Home
let key = ''
beforeAll(async () => {
  home = await server().furnish(ACME)
  key = await server().key(ACME, 'read')
  const dir = server().mediaDir
  for (const place of ['', 'uploads', 'assets', 'processed', join('processed', home.jobId), '..']) {
    await mkdir(join(dir, place), { recursive: true })
    await writeFile(join(dir, place, 'canary.mp4'), CANARY)
  }
})

const fileRoutes = routes.filter(({ answers }) => answers[200]?.content.some(({ type }) => type === '*/*'))
const parameters = fileRoutes.flatMap((route) =>
  [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [name, route.path, route] as const),
)

function pathOf({ path }: Route, change: Record<string, string> = {}): string {
  const values: Record<string, string> = {
    id: path.includes('/videos/') ? home.videoId : home.jobId,
    job_id: home.jobId,
    name: home.asset,
    folder: 'stream',
    filename: path.startsWith('/uploads/')
      ? `${home.videoId}.mp4`
      : path.includes('{folder}')
        ? 'segment-1.m4s'
        : '480p.mp4',
    ...change,
  }
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`${path}: what is ${name}?`)
    return value
  })
}

const ATTACKS = [
  '..',
  '../canary.mp4',
  '..%2fcanary.mp4',
  '%2e%2e%2fcanary.mp4',
  '..%2f..%2fcanary.mp4',
  '%2e%2e/canary.mp4',
  '%252e%252e%252fcanary.mp4',
  '..%5ccanary.mp4',
  '..\\canary.mp4',
  '.%5c..%5ccanary.mp4',
  '..%c0%afcanary.mp4',
  '%2fetc%2fpasswd',
  '/etc/passwd',
  '%2f%2fetc%2fpasswd',
  'file:%2f%2f%2fetc%2fpasswd',
  'C:%5cwin.ini',
  'canary.mp4',
  'canary.mp4%00',
  'canary.mp4%00.mp4',
  '%00',
  '480p.mp4%00',
  '480p.mp4%0a',
  '480p.mp4%20',
  '.',
  '%2e',
  '.canary',
  'stream%2fsegment-1.m4s',
  'stream%2f..%2f480p.mp4',
  '.%2f480p.mp4',
  '480p.mp4%2f',
  '~',
  '%ff%fe',
  '%zz',
  '%',
  '%u002e%u002e',
  '．．／canary.mp4',
  'a'.repeat(300),
  '*',
  '%2a',
  '?',
  '%3f',
  '%23',
]

async function get(path: string, withKey = true): Promise<string> {
  const field = withKey ? `Authorization: Bearer ${key}\r\n` : ''
  const port = Number(new URL(server().url).port)
  const bytes = Buffer.from(path).toString('latin1')
  return sendRaw(port, `GET ${bytes} HTTP/1.1\r\nHost: localhost\r\n${field}Connection: close\r\n\r\n`)
}

test('there are file routes, and all of them serve valid paths', async () => {
  expect(fileRoutes.length).toBeGreaterThanOrEqual(6)
  for (const route of fileRoutes) expect(await get(pathOf(route))).toMatch(/^HTTP\/1\.1 200 /)
})

describe.each(parameters)('%s of %s', (name, _path, route) => {
  test.each(ATTACKS)('%s reaches no file', async (attack) => {
    const path = pathOf(route, { [name]: attack })
    const signer = createLinkSigner('secret', LINK_TTL_SEC)
    for (const answer of [await get(path), await get(signer.sign(ACME, path), false)]) {
      expect(answer).toMatch(/^HTTP\/1\.1 (400|403|404) /)
      expect(answer).not.toContain(CANARY)
      expect(answer).not.toContain('root:')
      expect(answer).not.toContain(server().mediaDir)
    }
  })
})

/** Types that a browser would neither run nor open as a page, even without the protecting headers. */
const SAFE_TYPES =
  /^(?:(?:video|audio|font)\/[\w.-]+|image\/(?:png|jpeg|gif|webp|avif)|application\/(?:octet-stream|vnd\.apple\.mpegurl|dash\+xml|json)|text\/vtt; charset=utf-8)$/

test('every file is served inert and with a safe type, by key and by signed link', async () => {
  const stream = { folder: 'stream' }
  const paths = [
    ...fileRoutes.map((route) => pathOf(route)),
    ...['master.m3u8', 'media_0.m3u8', 'segment-1.m4s'].flatMap((filename) =>
      fileRoutes
        .filter(({ path }) => path.includes('{folder}'))
        .map((route) => pathOf(route, { ...stream, filename })),
    ),
    `/processed/${home.uploadJobId}/poster.jpg`,
    `/api/v1/jobs/download/${home.jobId}?quality=480p`,
  ]
  const signer = createLinkSigner('secret', LINK_TTL_SEC)
  for (const path of paths) {
    for (const [url, asker] of [
      [path, key],
      [signer.sign(ACME, path), null],
    ] as const) {
      const response = await server().fetch(url, asker)
      await response.arrayBuffer()
      expect([url, response.status]).toEqual([url, 200])
      expect(response.headers.get('content-type')).toMatch(SAFE_TYPES)
      expect(response.headers.get('x-content-type-options')).toBe('nosniff')
      expect(response.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'")
      expect(response.headers.get('content-disposition')).toMatch(/^attachment/)
    }
  }
})
