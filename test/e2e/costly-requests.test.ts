import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { textOverlay } from '../support/overlays.js'
import { burned, srt } from '../support/subtitles.js'
import { type ApiClient, createApiClient } from './support/api-client.js'
import { makeClip } from './support/clips.js'
import { type Platform, startPlatform } from './support/platform.js'

/** Milliseconds. In the API itself, 99 of 100 events wait no longer, whatever clients send. */
const MAX_WAIT_MS = 100

let platform: Platform
let api: ApiClient
let videoId = ''
beforeAll(async () => {
  platform = await startPlatform()
  api = createApiClient(platform.apiUrl)
  const clip = await makeClip(join(platform.dataDir, 'clip.mp4'), { width: 320, height: 180, seconds: 2 })
  videoId = await api.uploadVideo(clip)
})
afterAll(() => platform.destroy())

const dryRun = (operations: readonly unknown[], output: object | null = null) =>
  api.post('/edits', { video_id: videoId, operations, output, dry_run: true })

/** The codes of what was asked at once, and how long the API's own events waited meanwhile. */
async function askAll(requests: readonly (() => Promise<Response>)[]) {
  const answers = await Promise.all(requests.map((request) => request()))
  const codes = await Promise.all(
    answers.map(async (answer) => (answer.ok ? 'ok' : (await api.problem(answer)).code)),
  )
  const health = (await (await fetch(new URL('/health', platform.apiUrl))).json()) as {
    readonly event_loop: { readonly p99_ms: number }
  }
  return { codes, waitMs: health.event_loop.p99_ms }
}

test('edits of full length are checked and compiled while the API answers others', async () => {
  const cues = Array.from(
    { length: 3500 },
    (_, index) => [index / 2000, index / 2000 + 0.02, 'word '.repeat(50)] as const,
  )
  const path = join(platform.dataDir, 'long.srt')
  await writeFile(path, srt(...cues))
  expect((await api.upload('/assets', path)).status).toBe(201)
  const subtitles = Array.from({ length: 50 }, () => burned('long.srt'))
  const blanks = Array.from({ length: 50 }, () => textOverlay({ content: `a${' '.repeat(9_998)}b` }))
  const qualities = ['1080p', '720p', '480p', '360p', '240p']
  const { codes, waitMs } = await askAll([
    () => dryRun(subtitles, { qualities }),
    () => dryRun(blanks, { qualities }),
    () => dryRun(Array.from({ length: 500_000 }, () => 0)),
  ])
  expect(codes[0]).toMatch(/edit-unrenderable|request-too-costly/)
  expect(codes[2]).toBe('request-invalid')
  expect(waitMs).toBeLessThanOrEqual(MAX_WAIT_MS)
}, 240_000)
