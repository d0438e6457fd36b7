import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Box, decodeGray, differenceBox, grayAt, type Picture, readNumber } from '../support/frames.js'
import { AAC, beeps, ffmpeg, H264, lavfi, numberedVideo, STRIP_HEIGHT } from '../support/lavfi.js'
import { decodeSound, findBeeps, soundSec } from '../support/sound.js'
import { type ApiClient, createApiClient, type JobWire } from './support/api-client.js'
import { makeLogo } from './support/clips.js'
import { type Platform, startPlatform } from './support/platform.js'

const SIZES = { '1080p': [1920, 1080], '720p': [1280, 720], '480p': [854, 480] } as const
type Name = keyof typeof SIZES
const NAMES: readonly Name[] = ['1080p', '720p', '480p']

/** The source has 10 s at 25 fps; the trim keeps 1 s to 9 s, which are the frames 25 to 224. */
const KEPT = { first: 25, count: 200, seconds: 8 }
const TRIM = { type: 'trim', start_time: 1, end_time: 9 }
/** The text is shown in the frames 25 to 74 of the result. */
const TEXT = {
  type: 'overlay',
  overlay_type: 'text',
  content: 'नमस्ते',
  language: 'hi',
  ...{ position_x: 100, position_y: 300, start_time: 1, end_time: 3, font_size: 96 },
}
/** The logo is white, 120×60, and 20 px from the right and bottom edges of 1280×720. */
const WATERMARK = {
  type: 'watermark',
  watermark_path: 'logo.png',
  position: 'bottom-right',
  opacity: 0.6,
  margin: 20,
}
const LOGO_BOX = { left: 1140, top: 640, right: 1260, bottom: 700 }

/** By how much the codec may change the brightness of a flat picture. */
const NOISE = 24

describe('trim, text and watermark in three qualities', () => {
  let platform: Platform
  let api: ApiClient
  let videoId: string
  let edited: JobWire
  const seen: number[] = []
  const file = (job: 'edited' | 'plain', name: Name) => join(platform.dataDir, `${job}-${name}.mp4`)

  beforeAll(async () => {
    platform = await startPlatform()
    api = createApiClient(platform.apiUrl)
    const source = join(platform.dataDir, 'source.mp4')
    await ffmpeg(
      ...lavfi(numberedVideo({ rate: '25', seconds: 10, width: 1280, height: 720 })),
      ...[...lavfi(beeps(10)), ...H264, ...AAC, source],
    )
    videoId = await api.uploadVideo(source)
    await api.upload('/assets', await makeLogo(join(platform.dataDir, 'logo.png'), '120x60', 'white'))
    edited = await renderAll([TRIM, TEXT, WATERMARK], 'edited', ({ progress }) => seen.push(progress))
    await renderAll([TRIM], 'plain')
  })
  afterAll(() => platform.destroy())

  async function renderAll(
    operations: readonly object[],
    as: 'edited' | 'plain',
    onLook?: (job: JobWire) => void,
  ): Promise<JobWire> {
    const edit = { video_id: videoId, operations, output: { qualities: NAMES } }
    const { job_id: id } = await api.submit('/edits', edit)
    const job = await api.followToEnd(id, onLook)
    expect(job).toMatchObject({ status: 'completed', progress: 100, stage: 'done', error_code: null })
    for (const name of NAMES) {
      const response = await fetch(api.url(`/jobs/download/${id}?quality=${name}`))
      await writeFile(file(as, name), Buffer.from(await response.arrayBuffer()))
    }
    return job
  }

  test('gives three outputs of the right sizes and lengths, the largest first', () => {
    expect(edited.outputs.map(({ name }) => name)).toEqual(NAMES)
    for (const { name, width, height, duration } of edited.outputs) {
      expect([width, height]).toEqual(SIZES[name as Name])
      expect(Math.abs(duration - KEPT.seconds)).toBeLessThanOrEqual(1 / 25)
    }
    expect(edited.warnings.map(({ code }) => code)).toEqual(['upscaled'])
  })

  test('shows progress that rises through many values and never falls', () => {
    expect(new Set(seen).size).toBeGreaterThanOrEqual(5)
    expect(seen).toEqual([...seen].sort((a, b) => a - b))
    expect(seen.slice(0, -1).every((progress) => progress < 100)).toBe(true)
  })

  test.each(NAMES)('%s shows exactly the frames between the cuts', async (name) => {
    const wanted = Array.from({ length: KEPT.count }, (_, index) => KEPT.first + index)
    const height = (STRIP_HEIGHT * SIZES[name][1]) / 720
    const frames = await decodeGray(file('edited', name))
    expect(frames.map((frame) => readNumber(frame, { height }))).toEqual(wanted)
  })

  test.each(NAMES)('%s keeps sound and picture in sync', async (name) => {
    const found = findBeeps(await decodeSound(file('edited', name)))
    expect(found.map(({ sourceSec }) => sourceSec)).toEqual([2, 3, 4, 5, 6, 7, 8])
    for (const { atSec, sourceSec } of found) {
      expect(Math.abs(atSec - (sourceSec - TRIM.start_time))).toBeLessThan(0.01)
    }
    expect(Math.abs(soundSec(await decodeSound(file('edited', name))) - KEPT.seconds)).toBeLessThan(1 / 25)
  })

  test.each(NAMES)('%s shows the text only where and when it should', async (name) => {
    const scale = SIZES[name][1] / 720
    const boxes = await differences(name, [0, 23, 24, 25, 26, 50, 73, 74, 75, 76, 199], 'left')
    expect(boxes.flatMap(({ index, box }) => (box ? [index] : []))).toEqual([25, 26, 50, 73, 74])
    for (const { box } of boxes) {
      if (!box) continue
      expect(box.left).toBeGreaterThanOrEqual(TEXT.position_x * scale - 2)
      expect(box.left).toBeLessThan((TEXT.position_x + 40) * scale)
      expect(box.top).toBeGreaterThanOrEqual(TEXT.position_y * scale - 2)
      expect(box.bottom).toBeLessThan((TEXT.position_y + 1.906 * TEXT.font_size) * scale)
      expect(box.right).toBeLessThan((TEXT.position_x + 400) * scale)
    }
  })

  test.each(NAMES)('%s has the watermark in its place on all frames', async (name) => {
    const scale = SIZES[name][1] / 720
    for (const { box, frame, reference } of await differences(name, [0, 30, 100, 199], 'right')) {
      for (const side of ['left', 'top', 'right', 'bottom'] as const) {
        expect(Math.abs((box?.[side] ?? NaN) - LOGO_BOX[side] * scale)).toBeLessThanOrEqual(2)
      }
      const [x, y] = [Math.round(1200 * scale), Math.round(670 * scale)]
      const mixed = 0.6 * WHITE + 0.4 * grayAt(reference, x, y)
      expect(Math.abs(grayAt(frame, x, y) - mixed)).toBeLessThan(4)
    }
  })

  /** Where the edited frames differ from those of the same cut without overlays, on one side of the picture. */
  async function differences(name: Name, indices: readonly number[], side: 'left' | 'right') {
    const [frames, plain] = await Promise.all(
      (['edited', 'plain'] as const).map((job) => decodeGray(file(job, name))),
    )
    return indices.map((index) => {
      const [frame, reference] = [frames?.[index], plain?.[index]]
      if (!frame || !reference) throw new Error(`there is no frame ${index}`)
      const box = differenceBox(frame, reference, NOISE, within(frame, side))
      return { index, box, frame, reference }
    })
  }
})

/** The brightness of white as `decodeGray` reports it. */
const WHITE = 235

/**
 * The text lies in the left four fifths, the watermark in the rest. The strip of the frame's number is left out: the
 * codec makes noise at its edges.
 */
function within({ width, height }: Picture, side: 'left' | 'right'): Box {
  const border = Math.round(width * 0.8)
  const top = Math.ceil((STRIP_HEIGHT * 1.5 * height) / 720)
  return side === 'left'
    ? { left: 0, top, right: border, bottom: height }
    : { left: border, top, right: width, bottom: height }
}
