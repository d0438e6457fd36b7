import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { decodeWhole } from '../faults/support/decode.js'
import { mutate } from '../hostile/mutants.js'
import { AAC, ffmpeg, H264, lavfi } from '../support/lavfi.js'
import { createRandom } from '../support/random.js'
import { type ApiClient, createApiClient, type JobWire } from './support/api-client.js'
import { type Platform, startPlatform } from './support/platform.js'
import { ffmpegBelow, filesBelow } from './support/processes.js'

const SEED = 20_261_128
const PER_SEED_FILE = 50
/** One in so many accepted files is also edited. */
const EDIT_EVERY = 4
const AT_ONCE = 4

/** Codes that say what is wrong with a file. Others, such as `internal`, would be a fault of Cutroom. */
const HONEST = [
  'unsupported-media',
  'media-over-limits',
  'source-damaged',
  'output-invalid',
  'ffmpeg-crashed',
  // There is no picture to flip.
  'edit-unrenderable',
]

const PICTURE = lavfi('testsrc2=s=160x90:r=25:d=1')
const SOUND = lavfi('sine=frequency=440:duration=1')

/** Good files from which bad ones are made. */
const SEED_FILES: readonly (readonly [name: string, args: readonly string[]])[] = [
  ['h264.mp4', [...PICTURE, ...SOUND, ...H264, ...AAC, '-movflags', '+faststart']],
  [
    'h265.mkv',
    [...PICTURE, ...SOUND, '-c:v', 'libx265', '-x265-params', 'log-level=error', '-c:a', 'libopus'],
  ],
  ['vp9.webm', [...PICTURE, '-c:v', 'libvpx-vp9', '-deadline', 'realtime']],
  ['mpeg2.ts', [...PICTURE, ...SOUND, '-c:v', 'mpeg2video', '-c:a', 'mp2']],
  ['mpeg4.avi', [...PICTURE, ...SOUND, '-c:v', 'mpeg4', '-c:a', 'libmp3lame']],
  ['flv1.flv', [...PICTURE, ...SOUND, '-c:v', 'flv1', '-ar', '44100', '-c:a', 'libmp3lame']],
]

describe('mutants of good files', () => {
  let platform: Platform
  let api: ApiClient
  let dir: string

  beforeAll(async () => {
    platform = await startPlatform({ env: { STALL_TIMEOUT_SEC: '20' } })
    api = createApiClient(platform.apiUrl)
    dir = join(platform.dataDir, 'mutants')
    await mkdir(dir)
    for (const [name, args] of SEED_FILES) await ffmpeg(...args, join(dir, name))
  })
  afterAll(() => platform.destroy())

  test.each(SEED_FILES.map(([name]) => name))(
    `${PER_SEED_FILE} mutants of %s are refused or rendered, and nothing else happens`,
    async (name) => {
      const good = await readFile(join(dir, name))
      const random = createRandom(SEED + SEED_FILES.findIndex(([seedName]) => seedName === name))
      const waiting = Array.from({ length: PER_SEED_FILE }, (_, index) => ({
        index,
        bytes: mutate(good, random),
      }))
      const outcomes: string[] = []
      const work = async () => {
        for (let next = waiting.shift(); next; next = waiting.shift()) {
          outcomes.push(await outcomeOf(name, next.index, next.bytes))
        }
      }
      await Promise.all(Array.from({ length: AT_ONCE }, work))
      expect(outcomes).toHaveLength(PER_SEED_FILE)
      for (const outcome of outcomes) expect(['accepted', 'edited', ...HONEST]).toContain(outcome)
      // Some mutants are as good as the file, others are no media any more: both happen.
      expect(new Set(outcomes).size).toBeGreaterThan(1)
      expect(await filesBelow(join(platform.dataDir, 'media/work'))).toEqual([])
      expect(await ffmpegBelow(platform.dataDir)).toEqual([])
    },
    300_000,
  )

  test('a good file is edited as before afterwards', async () => {
    const videoId = await api.uploadVideo(join(dir, 'h264.mp4'))
    expect(await edit(videoId)).toBe('edited')
    expect((await fetch(new URL('/health', platform.apiUrl))).status).toBe(200)
  })

  async function outcomeOf(name: string, index: number, bytes: Buffer): Promise<string> {
    const path = join(dir, `${index}-${name}`)
    await writeFile(path, bytes)
    const response = await api.upload('/upload', path)
    const body = (await response.json()) as JobWire & { code?: string }
    if (response.status === 400) return body.code ?? 'no code'
    if (response.status !== 202) return `status ${response.status}`
    const job = await api.followToEnd(body.job_id)
    if (job.status === 'failed') return job.error_code ?? 'no code'
    return index % EDIT_EVERY === 0 ? edit(body.video_id) : 'accepted'
  }

  async function edit(videoId: string): Promise<string> {
    const operations = [{ type: 'flip', direction: 'horizontal' }]
    const response = await api.post('/edits', {
      video_id: videoId,
      operations,
      output: { qualities: ['240p'] },
    })
    if (response.status === 400) return (await api.problem(response)).code
    const { job_id: id } = (await response.json()) as JobWire
    const job = await api.followToEnd(id)
    if (job.status === 'failed') return job.error_code ?? 'no code'
    await expectPlayable(job)
    return 'edited'
  }

  /** Checks that every frame of each output decodes without a message. */
  async function expectPlayable({ job_id: id, outputs }: JobWire): Promise<void> {
    expect(outputs.length).toBeGreaterThan(0)
    for (const { name } of outputs) {
      const file = join(platform.dataDir, 'media/processed', id, `${name}.mp4`)
      expect(await decodeWhole(file)).toBeGreaterThan(0)
    }
  }
})
