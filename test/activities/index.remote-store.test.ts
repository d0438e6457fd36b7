import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createKeepHouse } from '../../activities/keep-house.js'
import { createRenderPass } from '../../activities/passes/run-pass.js'
import { createPlan } from '../../activities/plan.js'
import { createPoster } from '../../activities/poster.js'
import { createProbe } from '../../activities/probe.js'
import { createPublish } from '../../activities/publish.js'
import { createApp } from '../../src/http/app.js'
import { startServer } from '../../src/http/server.js'
import { createUseCases } from '../../src/jobs/create-use-cases.js'
import type { Job, JobId } from '../../src/jobs/model.js'
import { createProber } from '../../src/media/create-prober.js'
import { writeFontConfig } from '../../src/media/process/font-config.js'
import { useDatabase } from '../db/fixtures.js'
import { NO_KEYS, postForm, postJson, readJson } from '../http/support.js'
import { createWorld } from '../jobs/world.js'
import { shippedFont } from '../support/font-file.js'
import { readNumbers } from '../support/frames.js'
import { httpConfig } from '../support/http-config.js'
import { AAC, beeps, FFMPEG, ffmpeg, FFPROBE, H264, lavfi, numberedVideo } from '../support/lavfi.js'
import { checkBody } from '../support/same-process.js'
import { createMemoryStore } from '../support/stores/memory-store.js'
import { activityDeps, attempt } from './world.js'

/**
 * Everything from the upload to the download, on a store that is no file system: all code reads and writes stored files
 * through the port.
 */
const database = useDatabase()
const storage = createMemoryStore()
let dir = ''
let deps: ReturnType<typeof activityDeps>
let url = ''
let closeServer = () => Promise.resolve()

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'cutroom-remote-'))
  const world = createWorld(dir, database.repositories())
  const prober = createProber({ ffmpegPath: FFMPEG, ffprobePath: FFPROBE, fontConfigPath: '/nonexistent' })
  const fontConfigPath = await writeFontConfig('dist/fonts', join(dir, 'fonts'))
  const usual = activityDeps({ deps: { ...world.deps, storage, proberFor: () => prober } }, FFMPEG)
  deps = { ...usual, ffmpeg: { ...usual.ffmpeg, fontConfigPath }, ownSlots: { slots: 2, threadsPerSlot: 1 } }
  const config = httpConfig({ maxUploadBytes: 10_000_000 })
  const useCases = createUseCases(deps)
  const app = createApp({ useCases, checkBody, config, access: NO_KEYS, log: pino({ level: 'silent' }) })
  const server = await startServer(app, config, { graceMs: 200 })
  url = server.url
  closeServer = () => server.close()
}, 60_000)
afterAll(async () => {
  await closeServer()
  await rm(dir, { recursive: true, force: true })
})

async function jobOf(response: Response): Promise<Job> {
  const answer = await readJson(response)
  expect(answer['errors']).toBeUndefined()
  const id = String(answer['job_id']) as JobId
  const job = await deps.repositories.jobs.getById(id)
  if (!job) throw new Error('the job was not stored')
  return job
}

const COMPLETED = { status: 'completed', errorCode: null, errorMessage: null } as const

const publish = ({ id, workflowId }: Job) =>
  attempt(1, { workflowId }).run(createPublish(deps), { jobId: id, ...COMPLETED })

/** Uploads a numbered video of that many seconds and runs its job. */
async function upload(seconds: number): Promise<Job> {
  const file = join(dir, `${seconds}.mp4`)
  const inputs = [...lavfi(numberedVideo({ rate: '25', seconds })), ...lavfi(beeps(seconds))]
  await ffmpeg(...inputs, ...H264, ...AAC, file)
  const part = { name: 'file', filename: 'clip.mp4', content: await readFile(file) }
  const job = await jobOf(await postForm(`${url}/api/v1/upload`, [part]))
  await attempt().run(createProbe(deps), { jobId: job.id })
  await attempt().run(createPoster(deps), { jobId: job.id })
  await publish(job)
  return job
}

/** Submits an edit and runs its job. Returns it with the kinds of its passes and the outputs that needed none. */
async function edit(body: object): Promise<{ job: Job; passes: string[]; reused: string[] }> {
  const job = await jobOf(await postJson(`${url}/api/v1/edits`, body))
  const jobId = job.id
  await attempt().run(createProbe(deps), { jobId })
  await attempt().run(createPlan(deps), { jobId })
  const plan = await deps.repositories.jobs.loadPlan(jobId)
  const reused = storage.keys().filter((key) => key.startsWith(`processed/${jobId}/`))
  const all = [
    ...(plan?.measurements ?? []),
    ...(plan?.passes ?? []),
    ...(plan?.assemblies ?? []),
    ...(plan?.derived ?? []),
  ]
  for (const { name } of all) await attempt().run(createRenderPass(deps), { jobId, passName: name })
  await publish(job)
  return { job, passes: all.map(({ kind }) => kind), reused }
}

async function addAsset(name: string, content: string | Buffer): Promise<void> {
  const parts = [
    { name: 'file', filename: name, content },
    { name: 'name', content: name },
  ]
  expect((await postForm(`${url}/api/v1/assets`, parts)).status).toBe(201)
}

/** Places a file as an operator does: among the assets, without a row. */
async function placeLogo(): Promise<void> {
  const logo = join(dir, 'logo.png')
  await ffmpeg('-f', 'lavfi', '-i', 'color=red:s=40x20:d=1', '-frames:v', '1', logo)
  await storage.putFile('assets/logo.png', logo, 'replace')
}

const download = async (path: string, headers: Record<string, string> = {}) => {
  const response = await fetch(url + path, { headers })
  return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) }
}

const workFolders = () => deps.workFolders.list()

test('a job reads videos, pictures, fonts and subtitles from the store, and its outputs are served', async () => {
  const [main, other] = [await upload(2), await upload(1)]
  await placeLogo()
  await addAsset('brand.ttf', shippedFont('NotoSans_400Regular.ttf'))
  await addAsset('film.srt', '1\n00:00:00,000 --> 00:00:01,000\nhello\n')
  const text = { type: 'overlay', overlay_type: 'text', content: 'text', font: 'brand.ttf' }
  const body = {
    video_id: main.videoId,
    operations: [
      { type: 'concat', videos: [{ video_id: other.videoId }] },
      { type: 'watermark', watermark_path: 'logo.png' },
      { type: 'subtitles', subtitles: 'film.srt' },
      { ...text, position_x: 10, position_y: 100 },
      { type: 'loudness', target_lufs: -20 },
    ],
    output: { qualities: ['240p'], packaging: 'hls', poster: true },
  }
  const { job, passes } = await edit(body)
  expect(passes.sort()).toEqual(['measureLoudness', 'package', 'thumbnails', 'transcode'])
  const outputs = await deps.repositories.outputs.list(job.id)
  expect(outputs.map(({ name }) => name).sort()).toEqual(['240p', 'hls', 'poster'])
  for (const { filePath, fileSize } of outputs) {
    const { status, bytes } = await download(`/${filePath}`)
    expect(status).toBe(200)
    expect(bytes.length).toBeLessThanOrEqual(fileSize)
  }
  const film = await download(`/api/v1/jobs/download/${job.id}`)
  const part = await download(`/api/v1/jobs/download/${job.id}`, { Range: 'bytes=100-199' })
  expect(part.status).toBe(206)
  expect(part.bytes.equals(film.bytes.subarray(100, 200))).toBe(true)
  await writeFile(join(dir, 'film.mp4'), film.bytes)
  expect(await readNumbers(join(dir, 'film.mp4'))).toHaveLength(75)
  expect(await workFolders()).toEqual([])
}, 120_000)

test('an output is joined from parts and copied frames', async () => {
  const { videoId } = await upload(6)
  const trim = { type: 'trim', start_time: 0.2, end_time: 5.8 }
  const { job, passes } = await edit({ video_id: videoId, operations: [trim] })
  expect(passes).toContain('assemble')
  const { bytes } = await download(`/api/v1/jobs/download/${job.id}`)
  await writeFile(join(dir, 'trimmed.mp4'), bytes)
  const range = Array.from({ length: 140 }, (_, index) => index + 5)
  expect(await readNumbers(join(dir, 'trimmed.mp4'))).toEqual(range)
  expect(storage.keys().filter((key) => key.startsWith('parts/'))).toEqual([])
  expect(await workFolders()).toEqual([])
}, 120_000)

test('an output that was rendered before is reused, and outlives the job that made it', async () => {
  const { videoId } = await upload(3)
  const body = { video_id: videoId, operations: [{ type: 'flip', direction: 'horizontal' }] }
  const [first, second] = [await edit(body), await edit(body)]
  expect([first.reused.length, second.reused.length]).toEqual([0, 1])
  const { bytes } = await download(`/api/v1/jobs/download/${first.job.id}`)
  expect((await fetch(`${url}/api/v1/jobs/${first.job.id}`, { method: 'DELETE' })).status).toBe(204)
  expect(storage.keys().filter((key) => key.includes(first.job.id))).toEqual([])
  const reused = await download(`/api/v1/jobs/download/${second.job.id}`)
  expect(reused.bytes.equals(bytes)).toBe(true)
}, 60_000)

test('housekeeping finds nothing to remove', async () => {
  const keys = storage.keys()
  await createKeepHouse(deps)()
  expect(storage.keys()).toEqual(keys)
})
