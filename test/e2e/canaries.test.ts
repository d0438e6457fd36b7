import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { routes } from '../../src/http/routes/index.js'
import { openEvents } from '../support/events/event-stream.js'
import { until } from '../support/until.js'
import type { JobWire } from './support/api-client.js'
import {
  allHistories,
  allLogs,
  allRows,
  crashingEdit,
  crashingFfmpeg,
  findings,
  formOf,
  pathOf,
  postmasterFile,
  signaturesIn,
} from './support/canaries.js'
import { makeClip, makeLogo } from './support/clips.js'
import { createKey } from './support/keys.js'
import { type Platform, startPlatform } from './support/platform.js'

const LINK_SECRET = 'canary-link-secret-0123456789abcdef'
/** Written by the user: into the names of files, texts, titles and metadata. */
const USER_TEXT = 'canary-of-the-user'
/** Options that Cutroom passes to ffmpeg and that no user ever writes. */
const ARGUMENTS = /(?:^|[\s"'])-(?:filter_complex|progress|nostdin|map_metadata|copyts)\b/

/** All answers and events that came back. */
const answers: { readonly what: string; readonly isProblem: boolean; readonly text: string }[] = []
let dataDir = ''
let platform: Platform
let key = ''
let signatures: string[] = []
const jobs = { uploaded: '', edited: '' }
let videoId = ''

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'canary-of-the-data-folder-'))
  const env = {
    AUTH: 'keys',
    LINK_SECRET,
    FFMPEG_PATH: await crashingFfmpeg(dataDir),
    RATE_LIMIT_PER_MINUTE: '0',
  }
  platform = await startPlatform({ dataDir, env })
  key = await createKey(platform, 'acme', '--scopes', 'admin')
  const clip = await makeClip(join(dataDir, 'clip.mp4'), { width: 320, height: 180, seconds: 4 })
  const named = join(dataDir, `${USER_TEXT}.mp4`)
  await copyFile(clip, named)
  const upload = await post('/api/v1/upload', await formOf(named))
  videoId = upload.video_id
  jobs.uploaded = upload.job_id
  await follow(upload.job_id)
  await send('/api/v1/assets', key, {
    method: 'POST',
    body: await formOf(await makeLogo(join(dataDir, 'logo.png'), '40x20', 'red')),
  })
  const edited = await postJson('/api/v1/edits', {
    video_id: videoId,
    metadata: { note: USER_TEXT },
    operations: [
      { type: 'overlay', overlay_type: 'text', content: USER_TEXT },
      { type: 'watermark', watermark_path: 'logo.png' },
    ],
    output: { qualities: ['240p'], packaging: 'hls', thumbnails: { count: 2 }, title: USER_TEXT },
  })
  jobs.edited = edited.job_id
  await follow(edited.job_id)
})
afterAll(() => platform.destroy())

/** Sends a request and keeps what comes back. */
async function send(
  path: string,
  asker: string | null,
  init: RequestInit = {},
): Promise<{ status: number; text: string }> {
  const headers = new Headers(init.headers)
  if (asker !== null) headers.set('Authorization', `Bearer ${asker}`)
  const response = await fetch(new URL(path, platform.apiUrl), { ...init, headers })
  const body = Buffer.from(await response.arrayBuffer()).toString('latin1')
  const isProblem = response.headers.get('content-type') === 'application/problem+json'
  const head = JSON.stringify([...response.headers])
  const text = `${head}\n${body}`
  answers.push({ what: `${init.method ?? 'GET'} ${path} ${response.status}`, isProblem, text })
  signatures = [...new Set([...signatures, ...signaturesIn(text)])]
  return { status: response.status, text: body }
}

async function post(path: string, body: FormData | string): Promise<JobWire> {
  const headers: Record<string, string> =
    typeof body === 'string' ? { 'Content-Type': 'application/json' } : {}
  const { status, text } = await send(path, key, { method: 'POST', body, headers })
  if (status !== 202) throw new Error(`${path}: ${status} ${text}`)
  return JSON.parse(text) as JobWire
}

const postJson = (path: string, body: object) => post(path, JSON.stringify(body))

/** Follows a job to its end by its events, which are kept, too. */
async function follow(id: string): Promise<JobWire> {
  const stream = await openEvents(new URL(`/api/v1/jobs/${id}/events`, platform.apiUrl).href, {
    Authorization: `Bearer ${key}`,
  })
  await stream.ended
  answers.push({ what: `the events of ${id}`, isProblem: false, text: stream.text() })
  return JSON.parse((await send(`/api/v1/jobs/${id}`, key)).text) as JobWire
}

const askEverything = async () => {
  for (const route of routes) {
    if (route.operationId === 'followJob') continue
    const path = pathOf(route, videoId, jobs.edited)
    // fetch sends only some methods in capital letters whatever they are given in.
    const method = route.method.toUpperCase()
    // As a list: a stream of all events does not end.
    const headers = route.operationId === 'followEvents' ? { Accept: 'application/json' } : {}
    for (const asker of [key, `${key}x`, null]) await send(path, asker, { method, headers })
    const body = { method, headers: { 'Content-Type': 'application/json' }, body: '{"video_id":{"$gt":""}}' }
    if (method === 'POST') await send(path, key, body)
  }
}

test('the answers of every route are collected, with a good key, a bad one and none', async () => {
  await askEverything()
  expect(answers.length).toBeGreaterThan(3 * routes.length)
})

test('the answers to good and broken links are collected', async () => {
  const { outputs } = JSON.parse((await send(`/api/v1/jobs/${jobs.edited}`, key)).text) as {
    outputs: { file_path?: string; url?: string }[]
  }
  const links = [...JSON.stringify(outputs).matchAll(/"(\/signed\/[^"]+)"/g)].map(([, link = '']) => link)
  expect(links.length).toBeGreaterThan(1)
  for (const link of links) {
    expect((await send(link, null)).status).toBe(200)
    expect((await send(link.replace(/\/([^/]*)$/, '/other-$1'), null)).status).toBeGreaterThanOrEqual(400)
    expect((await send(link.replace('/signed/', '/signed/1'), null)).status).toBe(403)
  }
  expect(signatures.length).toBeGreaterThan(1)
})

test('a dry run shows keys, not paths', async () => {
  const body = JSON.stringify({ video_id: videoId, dry_run: true, operations: [{ type: 'mute' }] })
  const headers = { 'Content-Type': 'application/json' }
  const dry = await send('/api/v1/edits', key, { method: 'POST', body, headers })
  expect(dry.status).toBe(200)
  // The arguments are what a dry run is asked for.
  expect(findings(dry.text, [folder(), secretOfKey(), LINK_SECRET])).toEqual([])
  answers.pop()
  expect(dry.text).toContain(`uploads/${videoId}`)
})

test('the answers about a damaged file are collected', async () => {
  const whole = await readFile(join(dataDir, 'clip.mp4'))
  const path = join(dataDir, 'damaged.mp4')
  await writeFile(path, Buffer.concat([whole.subarray(0, whole.length / 2), Buffer.alloc(50_000, 7)]))
  const body = await formOf(path)
  const { status, text } = await send('/api/v1/upload', key, { method: 'POST', body })
  if (status === 202) await follow((JSON.parse(text) as JobWire).job_id)
})

test('the answers about a job whose ffmpeg crashes are collected', async () => {
  await writeFile(join(dataDir, 'crash'), '')
  const job = await follow((await postJson('/api/v1/edits', crashingEdit(videoId, USER_TEXT))).job_id)
  await rm(join(dataDir, 'crash'))
  expect(job).toMatchObject({ status: 'failed', error_code: 'ffmpeg-crashed' })
})

test('the answers about a job whose source has gone are collected', async () => {
  await rm(join(dataDir, 'media/uploads', `${videoId}.mp4`))
  const edit = { video_id: videoId, operations: [{ type: 'flip', direction: 'horizontal' }] }
  const { status, text } = await send('/api/v1/edits', key, {
    ...{ method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(edit) },
  })
  if (status === 202) expect((await follow((JSON.parse(text) as JobWire).job_id)).status).toBe('failed')
  await send(`/uploads/${videoId}.mp4`, key)
  await send(`/api/v1/videos/${videoId}/download`, key)
})

test('the answers while a database dies and comes back are collected', async () => {
  const pid = Number((await readFile(await postmasterFile(dataDir), 'utf8')).split('\n', 1)[0])
  process.kill(pid, 'SIGKILL')
  await askEverything()
  await until(
    'the database is there again',
    async () => (await send('/api/v1/videos', key)).status === 200,
    60_000,
  )
})

const secretOfKey = () => key.slice(-43)
const folder = () => dataDir.split('/').at(-1) ?? ''

test('no answer or event has the data folder, keys or arguments in it, and no problem has signatures', () => {
  const found = answers.flatMap(({ what, isProblem, text }) =>
    findings(text, [
      ...[folder(), secretOfKey(), LINK_SECRET, ARGUMENTS],
      ...(isProblem ? signatures : []),
    ]).map((finding) => `${what}: ${finding}`),
  )
  expect(found).toEqual([])
})

test('no row has them or a signature in it', async () => {
  const rows = await allRows(platform)
  expect(rows).toContain(jobs.edited)
  expect(findings(rows, [folder(), secretOfKey(), LINK_SECRET, ARGUMENTS, ...signatures])).toEqual([])
})

test('no history has them in it', async () => {
  const histories = await allHistories(platform)
  expect(histories).toContain('ffmpeg-crashed')
  expect(findings(histories, [folder(), secretOfKey(), LINK_SECRET, ...signatures])).toEqual([])
  // The rows have what users write. Operators see the histories of all of them.
  expect(await allRows(platform)).toContain(USER_TEXT)
  expect(findings(histories, [USER_TEXT])).toEqual([])
})

test('no log has a key or a signature, and each line of a request or an activity has its ids', async () => {
  const logs = await allLogs(platform)
  expect(findings(logs, [secretOfKey(), LINK_SECRET, ...signatures])).toEqual([])
  const lines = logs.split('\n').filter((line) => line.startsWith('{'))
  const records = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
  const answered = records.filter(({ msg }) => msg === 'answered')
  expect(answered.length).toBeGreaterThan(routes.length)
  for (const record of answered) expect(record).toHaveProperty('requestId')
  const failed = records.filter(({ msg }) => msg === 'an activity has failed')
  expect(failed).not.toEqual([])
  const ofJobs = failed.filter(({ jobId }) => typeof jobId === 'string')
  expect(ofJobs).not.toEqual([])
  for (const record of ofJobs) {
    expect(record).toMatchObject({
      workflowId: expect.stringContaining(String(record['jobId'])) as string,
      activity: expect.any(String) as string,
      attempt: expect.any(Number) as number,
    })
  }
})
