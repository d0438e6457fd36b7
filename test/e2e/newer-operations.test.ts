import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decodeGray, decodeRgb, grayAt, readNumber, readNumbers, rgbAt } from '../support/frames.js'
import { AAC, ffmpeg, H264, lavfi, numberedVideo } from '../support/lavfi.js'
import { decodeSound, levelOf } from '../support/sound.js'
import { type ApiClient, createApiClient, type JobWire } from './support/api-client.js'
import { type Platform, startPlatform } from './support/platform.js'

const SECONDS = 4
const RATE = 25
const HZ = 600
const SIZE = { width: 320, height: 180 }

let platform: Platform
let api: ApiClient
let videoId = ''

beforeAll(async () => {
  platform = await startPlatform()
  api = createApiClient(platform.apiUrl)
  const source = join(platform.dataDir, 'source.mp4')
  const picture = lavfi(numberedVideo({ rate: String(RATE), seconds: SECONDS, ...SIZE }))
  const sound = lavfi(`sine=f=${HZ}:r=48000:d=${SECONDS},volume=10dB`)
  await ffmpeg(...picture, ...sound, ...H264, ...AAC, source)
  videoId = await api.uploadVideo(source)
})
afterAll(() => platform.destroy())

async function edit(operations: readonly object[], output?: object): Promise<JobWire> {
  const { job_id: id } = await api.submit('/edits', {
    video_id: videoId,
    operations,
    ...(output && { output }),
  })
  const job = await api.followToEnd(id)
  expect(job).toMatchObject({ status: 'completed', error_code: null, warnings: [] })
  return job
}

/** The downloaded file of an edit. */
async function fileOf(...operations: readonly object[]): Promise<string> {
  const { job_id: id } = await edit(operations)
  const path = join(platform.dataDir, `${id}.mp4`)
  const response = await fetch(api.url(`/jobs/download/${id}`))
  await writeFile(path, Buffer.from(await response.arrayBuffer()))
  return path
}

function range(from: number, until: number, step = 1): number[] {
  return Array.from({ length: Math.round((until - from) / step) }, (_, index) => from + index * step)
}

test('segments are joined in the order given', async () => {
  const segments = [
    { start_time: 2, end_time: 3 },
    { start_time: 0, end_time: 1 },
  ]
  const path = await fileOf({ type: 'trim', segments })
  expect(await readNumbers(path)).toEqual([...range(50, 75), ...range(0, 25)])
})

test('a stretch is played faster', async () => {
  const path = await fileOf({ type: 'speed', factor: 2, start_time: 1, end_time: 3 })
  expect(await readNumbers(path)).toEqual([...range(0, 25), ...range(25, 75, 2), ...range(75, 100)])
})

test('a zoom ends with the part that it moves to', async () => {
  const to = { width: 160, height: 90, x: 0, y: 90 }
  const pictures = await decodeGray(await fileOf({ type: 'zoom', to, start_time: 1, end_time: 3 }))
  expect(pictures).toHaveLength(SECONDS * RATE)
  expect(pictures.slice(0, RATE).map((picture) => readNumber(picture))).toEqual(range(0, RATE))
  // The row of blocks at the top has left the picture.
  const last = pictures.at(-1)
  const top = range(10, 310, 20).map((x) => (last ? grayAt(last, x, 10) : NaN))
  for (const level of top) expect(Math.abs(level - 128)).toBeLessThan(8)
})

test('a stretch is silent, and another one quieter', async () => {
  const path = await fileOf(
    { type: 'mute', start_time: 1, end_time: 2 },
    { type: 'volume', gain_db: -12, start_time: 3, end_time: 4 },
  )
  const sound = await decodeSound(path)
  const [first = NaN, muted = NaN, third = NaN, quiet = NaN] = [0.2, 1.2, 2.2, 3.2].map((sec) =>
    levelOf(sound, HZ, sec, sec + 0.6),
  )
  expect(Math.abs(first - third)).toBeLessThan(0.5)
  expect(muted).toBeLessThan(first - 40)
  expect(Math.abs(first - 12 - quiet)).toBeLessThan(0.5)
})

test('the spoken word of a caption is highlighted', async () => {
  const captions = join(platform.dataDir, 'words.vtt')
  await writeFile(captions, 'WEBVTT\n\n00:00.000 --> 00:03.000\nIIII <00:01.000>IIII <00:02.000>IIII\n')
  await api.upload('/assets', captions)
  const look = { font_size: 40, outline_width: 0, highlight_color: '#ff0000' }
  const pictures = await decodeRgb(await fileOf({ type: 'subtitles', subtitles: 'words.vtt', ...look }))
  /** The middle of the red letters; NaN: there are none. */
  const redAt = (frame: number) => {
    const picture = pictures[frame]
    const columns = range(0, SIZE.width).filter((x) =>
      range(60, SIZE.height).some((y) => {
        const [red = 0, green = 255] = picture ? rgbAt(picture, x, y) : []
        return red > 150 && green < 90
      }),
    )
    return columns.reduce((sum, x) => sum + x, 0) / columns.length
  }
  const [first, second, third] = [10, 37, 62].map(redAt)
  expect(first).toBeLessThan(140)
  expect(Math.abs((second ?? NaN) - SIZE.width / 2)).toBeLessThan(10)
  expect(third).toBeGreaterThan(180)
  expect(redAt(90)).toBeNaN()
})

test('a playlist of key frames names ranges that are pictures', async () => {
  const output = {
    packaging: 'hls',
    renditions: [{ name: 'one' }],
    hls: { i_frames: true, audio_only: true },
  }
  const { outputs } = await edit([{ type: 'flip', direction: 'horizontal' }], output)
  const master = new URL(outputs.find(({ name }) => name === 'hls')?.file_url ?? '', platform.apiUrl)
  const text = await (await fetch(master)).text()
  const uri = /#EXT-X-I-FRAME-STREAM-INF:.*URI="([^"]+)"/.exec(text)?.[1] ?? ''
  const playlist = await (await fetch(new URL(uri, master))).text()
  const [, length = '', offset = '', name = ''] = /#EXT-X-BYTERANGE:(\d+)@(\d+)\n(\S+)/.exec(playlist) ?? []
  const init = /URI="([^"]+)"/.exec(playlist)?.[1] ?? ''
  const headers = { range: `bytes=${offset}-${Number(offset) + Number(length) - 1}` }
  const part = await fetch(new URL(name, master), { headers })
  expect(part.status).toBe(206)
  const bytes = [await fetch(new URL(init, master)), part].map(async (one) =>
    Buffer.from(await one.arrayBuffer()),
  )
  const path = join(platform.dataDir, 'key-frame.mp4')
  await writeFile(path, Buffer.concat(await Promise.all(bytes)))
  const [picture] = await decodeGray(path)
  expect(picture).toMatchObject(SIZE)
  // All bits of number 0 are black, mirrored or not.
  expect(picture && readNumber(picture)).toBe(0)
})
