import { beforeAll, describe, expect, test } from 'vitest'
import type { Operation } from '../../../src/edit/operation.js'
import { decodeGray, readNumber, readNumbers } from '../../support/frames.js'
import { AAC, beeps, H264, lavfi, numberedVideo } from '../../support/lavfi.js'
import { imageOverlay, watermark } from '../../support/overlays.js'
import { type RenderedFile, useStudio } from '../../support/render.js'
import { decodeSound, findBeeps, soundSec } from '../../support/sound.js'

const studio = useStudio()
const VIDEO = lavfi(numberedVideo({ rate: '25', seconds: 3 }))

/** By how many seconds the picture starts later than the sound. */
const LATE = [
  ['late.mp4', 0.6],
  ['late.mkv', 0.513],
] as const

const late = new Map<string, string>()
const clips = {
  plain: '',
  late: '',
  lateMkv: '',
  lateSound: '',
  silent: '',
  short: '',
  long: '',
  avi: '',
  logo: '',
}

beforeAll(async () => {
  clips.plain = await studio.make('plain.mp4', ...VIDEO, ...lavfi(beeps(3)), ...H264, ...AAC)
  clips.silent = await studio.make('silent.mp4', ...VIDEO, ...H264)
  const sound = await studio.make('sound.m4a', ...lavfi(beeps(4)), ...AAC)
  for (const [name, delay] of LATE) {
    const inputs = ['-itsoffset', String(delay), '-i', clips.silent, '-i', sound]
    late.set(name, await studio.make(name, ...inputs, '-c', 'copy'))
  }
  clips.lateSound = await studio.make(
    ...['late-sound.mp4', ...VIDEO, '-itsoffset', '0.7', ...lavfi(beeps(2)), ...H264, ...AAC],
  )
  clips.short = await studio.make('short.mp4', ...VIDEO, ...lavfi(beeps(1.5)), ...H264, ...AAC)
  clips.long = await studio.make('long.mp4', ...VIDEO, ...lavfi(beeps(5)), ...H264, ...AAC)
  clips.avi = await studio.make(
    ...['mpeg4.avi', ...VIDEO, ...lavfi(beeps(3)), '-c:v', 'mpeg4', '-q:v', '2', '-c:a', 'pcm_s16le'],
  )
  clips.logo = await studio.make('logo.png', ...lavfi('color=red:s=16x16'), '-frames:v', '1')
})

function trim(start: number, end: number): Operation {
  return { type: 'trim', start_time: start, end_time: end, mode: 'exact' }
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index)
}

/** Seconds by which the sound is ahead of the picture, for each tone in the file. */
async function soundOffsets({ path }: RenderedFile, firstFrameSec: number): Promise<number[]> {
  return findBeeps(await decodeSound(path)).map(({ atSec, sourceSec }) => atSec - (sourceSec - firstFrameSec))
}

async function expectSync(file: RenderedFile, firstFrameSec: number): Promise<void> {
  const offsets = await soundOffsets(file, firstFrameSec)
  expect(offsets.length).toBeGreaterThan(0)
  for (const offset of offsets) expect(Math.abs(offset)).toBeLessThan(0.01)
}

test('an edit without operations keeps every frame and all of the sound', async () => {
  const file = await studio.render([], { video: clips.plain })
  expect(await readNumbers(file.path)).toEqual(range(0, 75))
  await expectSync(file, 0)
})

test('several trims in a row cut what the trims before them have left', async () => {
  const file = await studio.render([trim(0.4, 2.8), trim(0.2, 2.2), trim(0.2, 1.6)], { video: clips.plain })
  expect(await readNumbers(file.path)).toEqual(range(20, 55))
  await expectSync(file, 0.8)
})

test('a trim after a watermark cuts picture and sound at the same moment', async () => {
  const mark = watermark({ position: 'bottom-left', opacity: 1, margin: 0 })
  const files = { video: clips.plain, assets: { 'logo.png': clips.logo } }
  const file = await studio.render([trim(0.2, 3), mark, trim(0.4, 2.4)], files)
  expect(await readNumbers(file.path)).toEqual(range(15, 65))
  await expectSync(file, 0.6)
})

test('a trim after an overlay keeps the overlay on the frames that had it', async () => {
  const overlay = imageOverlay({ position_x: 100, position_y: 100, start_time: 1, end_time: 2 })
  const files = { video: clips.silent, assets: { 'logo.png': clips.logo } }
  const file = await studio.render([overlay, trim(0.96, 2.04)], files)
  const pictures = await decodeGray(file.path)
  expect(pictures.map((picture) => readNumber(picture))).toEqual(range(24, 51))
  const marked = pictures.map(({ width, data }) => Math.abs((data[108 * width + 108] ?? 0) - 126) > 20)
  expect(marked).toEqual(range(24, 51).map((frame) => frame >= 25 && frame < 50))
})

describe.each(LATE)('a picture that starts late (%s, by %f s)', (name, delay) => {
  test('shows its first frame until then, in sync with the sound', async () => {
    const file = await studio.render([], { video: late.get(name) ?? '' })
    const numbers = await readNumbers(file.path)
    const lead = numbers.lastIndexOf(0)
    expect(numbers).toEqual([...range(0, lead).fill(0), ...range(0, 75)])
    expect(Math.abs(lead - delay * 25)).toBeLessThanOrEqual(1)
    await expectSync(file, delay - lead / 25)
  })

  test('is cut by the times that a player shows, in sync with the sound', async () => {
    const file = await studio.render([trim(1.5, 2.5)], { video: late.get(name) ?? '' })
    const [first = NaN, ...others] = (await readNumbers(file.path)).map((number) => number ?? NaN)
    expect(others).toEqual(range(first + 1, first + 25))
    const firstFrameSec = first / 25 + delay
    expect(Math.abs(firstFrameSec - 1.5)).toBeLessThan(0.04)
    await expectSync(file, firstFrameSec)
  })
})

test('a source whose edit list leaves out its beginning starts where a player starts it', async () => {
  const source = await studio.make('edit-list.mp4', '-ss', '1.52', '-i', clips.plain, '-c', 'copy')
  const shown = await readNumbers(source)
  expect(shown[0]).toBeGreaterThan(30)
  const whole = await studio.render([], { video: source })
  expect(await readNumbers(whole.path)).toEqual(shown)
  await expectSync(whole, Number(shown[0]) / 25)
  const cut = await studio.render([trim(0.4, 1.2)], { video: source })
  expect(await readNumbers(cut.path)).toEqual(shown.slice(10, 30))
})

test('sound that starts late stays late', async () => {
  const file = await studio.render([trim(0.2, 3)], { video: clips.lateSound })
  expect(await readNumbers(file.path)).toEqual(range(5, 75))
  await expectSync(file, 0.2 - 0.7)
})

test('a silent source gives a silent output', async () => {
  const file = await studio.render([trim(0.5, 1.5)], { video: clips.silent })
  expect(file.facts.audio).toEqual([])
  expect(await readNumbers(file.path)).toEqual(range(13, 38))
})

test.each([
  ['in the whole', 0, 3],
  ['in a stretch in which it ends', 1, 2],
  ['in a stretch after its end', 2, 3],
])('sound that is shorter than the picture is followed by silence: %s', async (_, start, end) => {
  const file = await studio.render([trim(start, end)], { video: clips.short })
  expect(await readNumbers(file.path)).toEqual(range(start * 25, end * 25))
  const sound = await decodeSound(file.path)
  expect(Math.abs(soundSec(sound) - (end - start))).toBeLessThan(0.025)
})

test('sound that is longer than the picture ends with the picture', async () => {
  const file = await studio.render([], { video: clips.long })
  expect(await readNumbers(file.path)).toEqual(range(0, 75))
  expect(Math.abs(soundSec(await decodeSound(file.path)) - 3)).toBeLessThan(0.025)
})

test('a trim of AVI is exact', async () => {
  const file = await studio.render([trim(0.9, 2.9)], { video: clips.avi })
  expect(await readNumbers(file.path)).toEqual(range(23, 73))
  await expectSync(file, 23 / 25)
})
