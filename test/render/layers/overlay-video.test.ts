import { beforeAll, describe, expect, test } from 'vitest'
import type { VideoOverlay } from '../../../src/edit/operations/overlay.js'
import { decodeGray, decodeRgb, differenceBox, readNumber, rgbAt } from '../../support/frames.js'
import { AAC, beeps, H264, lavfi, numberedVideo } from '../../support/lavfi.js'
import { videoOverlay } from '../../support/overlays.js'
import { useStudio } from '../../support/render.js'

const studio = useStudio()
const [X, Y, WIDTH, HEIGHT] = [101, 71, 160, 60]
const SMALL = { width: WIDTH, height: HEIGHT, seconds: 1 }

const clips: Record<string, string> = {}

beforeAll(async () => {
  const main = lavfi(numberedVideo({ rate: '25', seconds: 3 }))
  clips['main'] = await studio.make('main.mp4', ...main, ...lavfi(beeps(3)), ...H264, ...AAC)
  for (const rate of ['25', '30', '50']) {
    const source = lavfi(numberedVideo({ ...SMALL, rate }))
    clips[rate] = await studio.make(`${rate}.mp4`, ...source, ...lavfi(beeps(1)), ...H264, ...AAC)
  }
  clips['mkv'] = await studio.make('25.mkv', '-i', clips['25'] ?? '', '-c', 'copy')
  clips['late'] = await studio.make(
    ...['late.mkv', '-itsoffset', '0.4', '-i', clips['25'] ?? '', '-i', clips['25'] ?? ''],
    ...['-map', '0:v', '-map', '1:a', '-c', 'copy'],
  )
})

function overlay(fields: Partial<VideoOverlay> = {}): VideoOverlay {
  return videoOverlay({ content: 'clip', position_x: X, position_y: Y, start_time: 1, ...fields })
}

async function numbersInside(clip: string, fields: Partial<VideoOverlay> = {}) {
  const files = { video: clips['main'] ?? '', assets: { clip: clips[clip] ?? '' } }
  const pictures = await decodeGray((await studio.render([overlay(fields)], files)).path)
  expect(pictures.map((picture) => readNumber(picture))).toEqual(Array.from({ length: 75 }, (_, n) => n))
  return pictures.map((picture) => readNumber(picture, { x: X, y: Y, width: WIDTH }))
}

function nothing(length: number): null[] {
  return Array.from({ length }, () => null)
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index)
}

describe.each(['25', 'mkv', 'late'])('a clip of the same frame rate (%s)', (clip) => {
  test('begins with its own first frame, runs frame by frame, and is gone after its last', async () => {
    expect(await numbersInside(clip)).toEqual([...nothing(25), ...range(25), ...nothing(25)])
  })
})

test('a clip ends with its window', async () => {
  expect(await numbersInside('25', { start_time: 0.5, end_time: 0.9 })).toEqual([
    ...nothing(13),
    ...range(10),
    ...nothing(52),
  ])
})

test.each([
  ['30', 30],
  ['50', 50],
])('a clip of %s frames a second keeps its speed', async (clip, rate) => {
  const numbers = await numbersInside(clip)
  expect(numbers.slice(0, 25)).toEqual(nothing(25))
  expect(numbers.slice(50)).toEqual(nothing(25))
  numbers.slice(25, 50).forEach((number, index) => {
    expect(number).not.toBeNull()
    expect(Math.abs(Number(number) - (index / 25) * rate)).toBeLessThanOrEqual(1)
  })
})

test('nothing but the clip covers the picture, and its sound is dropped', async () => {
  const files = { video: clips['main'] ?? '', assets: { clip: clips['25'] ?? '' } }
  const [drawn, bare] = await Promise.all([studio.render([overlay()], files), studio.render([], files)])
  const [pictures, plain] = [await decodeGray(drawn.path), await decodeGray(bare.path)]
  const [picture, background] = [pictures[30], plain[30]]
  if (!picture || !background) throw new Error('no frames')
  const box = differenceBox(picture, background, 30)
  expect(box).toEqual({ left: X, top: Y, right: X + WIDTH, bottom: Y + 40 })
  expect(drawn.facts.audio).toHaveLength(1)
})

describe.each([
  [320, 180, 'untagged', []],
  [1280, 720, 'untagged', []],
  [320, 180, 'BT.709', ['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709']],
] as const)('a clip of %ix%i, %s', (width, height, _, tags) => {
  test.each([
    [320, 180],
    [1280, 720],
  ])('keeps its colour over a picture of %ix%i', async (mainWidth, mainHeight) => {
    const matrix = tags.length > 0 || height >= 720 ? 'bt709' : 'bt601'
    const orange = lavfi(
      `color=0xc07030:s=${width}x${height}:d=0.2,format=rgb24,scale=out_color_matrix=${matrix},format=yuv420p`,
    )
    const name = `orange-${width}-${matrix}-${mainWidth}`
    const clip = await studio.make(`${name}.mp4`, ...orange, ...H264, ...tags)
    const black = lavfi(`color=black:s=${mainWidth}x${mainHeight}:d=0.2`)
    const video = await studio.make(`black-${name}.mp4`, ...black, ...H264)
    const { path } = await studio.render([overlay({ start_time: 0, position_x: 1, position_y: 1 })], {
      video,
      assets: { clip },
    })
    const [picture] = await decodeRgb(path)
    if (!picture) throw new Error('no frames')
    rgbAt(picture, 100, 100).forEach((value, channel) => {
      expect(Math.abs(value - Number([0xc0, 0x70, 0x30][channel]))).toBeLessThanOrEqual(6)
    })
  })
})
