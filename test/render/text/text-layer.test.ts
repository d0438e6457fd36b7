import { beforeAll, describe, expect, test } from 'vitest'
import type { TextOverlay } from '../../../src/edit/operations/overlay.js'
import { type Box, decodeGray, decodeRgb, differenceBox, type Picture, rgbAt } from '../../support/frames.js'
import { H264, lavfi, numberedVideo } from '../../support/lavfi.js'
import { textOverlay } from '../../support/overlays.js'
import { useStudio } from '../../support/render.js'

const studio = useStudio()
const NOISE = 12

/** Pictures on both sides of the size that decides which colour matrix is assumed. */
const SIZES = { sd: [320, 180], hd: [1280, 720] } as const
type Size = keyof typeof SIZES

const clips: Record<Size | 'moving' | 'ntsc', string> = { sd: '', hd: '', moving: '', ntsc: '' }
const plain: Record<Size, Picture[]> = { sd: [], hd: [] }

beforeAll(async () => {
  for (const size of ['sd', 'hd'] as const) {
    const [width, height] = SIZES[size]
    clips[size] = await studio.make(
      ...[`${size}.mp4`, ...lavfi(`color=0x404040:s=${width}x${height}:r=25:d=0.04`), ...H264],
    )
    plain[size] = await decodeRgb((await studio.render([], { video: clips[size] })).path)
  }
  clips.moving = await studio.make('25.mp4', ...lavfi(numberedVideo({ rate: '25', seconds: 3 })), ...H264)
  clips.ntsc = await studio.make(
    ...['ntsc.mp4', ...lavfi(numberedVideo({ rate: '30000/1001', seconds: 3 })), ...H264],
  )
})

const withoutText: Record<'moving' | 'ntsc', Picture[]> = { moving: [], ntsc: [] }

beforeAll(async () => {
  for (const clip of ['moving', 'ntsc'] as const) {
    withoutText[clip] = await decodeGray((await studio.render([], { video: clips[clip] })).path)
  }
})

async function draw(overlay: Partial<TextOverlay>, size: Size = 'sd'): Promise<Picture[]> {
  const { path } = await studio.render([textOverlay(overlay)], { video: clips[size] })
  return decodeRgb(path)
}

async function drawnBox(overlay: Partial<TextOverlay>): Promise<Box> {
  const [picture] = await draw(overlay)
  const [background] = plain.sd
  const box = picture && background && differenceBox(picture, background, 60)
  if (!box) throw new Error('nothing was drawn')
  return box
}

test('text of 100 px has capitals 71 px high, at its position, and nothing is drawn elsewhere', async () => {
  const [picture] = await draw({ content: 'H', font_size: 100, position_x: 40, position_y: 20 })
  const [background] = plain.sd
  if (!picture || !background) throw new Error('no frames')
  const ink = differenceBox(picture, background, 96)
  // An H of Noto Sans begins 98/1000 em from its origin, ends at 643, and is 714 high.
  expect(ink?.left).toBeCloseTo(40 + 9.8, -0.5)
  expect(ink?.right).toBeCloseTo(40 + 64.3, -0.5)
  expect(ink?.bottom).toBeCloseTo(20 + 71.4, -0.5)
  expect(Math.abs((ink?.bottom ?? NaN) - (ink?.top ?? NaN) - 71)).toBeLessThanOrEqual(2)
  const trace = differenceBox(picture, background, NOISE)
  expect(trace?.left).toBeGreaterThanOrEqual((ink?.left ?? NaN) - 4)
  expect(trace?.right).toBeLessThanOrEqual((ink?.right ?? NaN) + 4)
  expect(trace?.top).toBeGreaterThanOrEqual((ink?.top ?? NaN) - 4)
  expect(trace?.bottom).toBeLessThanOrEqual((ink?.bottom ?? NaN) + 4)
})

test('a position moves text by whole pixels, even odd and negative numbers of them', async () => {
  const base = await drawnBox({ content: 'H', font_size: 60, position_x: 100, position_y: 40 })
  const odd = await drawnBox({ content: 'H', font_size: 60, position_x: 133, position_y: 57 })
  expect([odd.left - base.left, odd.top - base.top]).toEqual([33, 17])
  const outside = await drawnBox({ content: 'HHH', font_size: 60, position_x: -30, position_y: 40 })
  expect(outside.left).toBe(0)
  expect(outside.top).toBe(base.top)
})

test('lines below each other stay at the left edge', async () => {
  const one = await drawnBox({ content: 'H', font_size: 30, position_x: 50, position_y: 30 })
  const two = await drawnBox({ content: 'H\r\nH', font_size: 30, position_x: 50, position_y: 30 })
  expect([two.left, two.top, two.right]).toEqual([one.left, one.top, one.right])
  expect(two.bottom - one.bottom).toBeGreaterThan(30)
})

test('spaces at the start of a line indent it', async () => {
  const plainLine = await drawnBox({ content: 'H', font_size: 40, position_x: 50 })
  const indented = await drawnBox({ content: '  H', font_size: 40, position_x: 50 })
  expect(indented.left - plainLine.left).toBeGreaterThan(15)
})

test('text larger than the picture is broken at its edge and cut off below', async () => {
  const box = await drawnBox({ content: 'H'.repeat(10_000), font_size: 40, position_x: 10, position_y: 30 })
  expect(box.right).toBeLessThanOrEqual(320)
  expect(box.right).toBeGreaterThan(290)
  expect([box.top, box.bottom]).toEqual([30, 180])
})

describe.each(['sd', 'hd'] as const)('on %s pictures', (size) => {
  const BACKGROUND = 0x40
  test.each([
    ['red', [255, 0, 0]],
    ['#0f0', [0, 255, 0]],
    ['#0000ff', [0, 0, 255]],
    ['#ffffff80', [160, 160, 160]],
    ['#ff000040', [112, 48, 48]],
  ] as const)('text in %s has that colour', async (font_color, wanted) => {
    const [picture] = await draw({ content: 'l', font_size: 160, font_color, position_x: 60 }, size)
    const [background] = plain[size]
    const box = picture && background && differenceBox(picture, background, 25)
    if (!box) throw new Error('nothing was drawn')
    const shown = rgbAt(picture, (box.left + box.right) >> 1, (box.top + box.bottom) >> 1)
    shown.forEach((value, channel) => {
      expect(Math.abs(value - Number(wanted[channel]))).toBeLessThanOrEqual(6)
    })
    expect(Math.abs(rgbAt(picture, 5, 5)[0] - BACKGROUND)).toBeLessThanOrEqual(3)
  })
})

async function framesWithText(clip: 'moving' | 'ntsc', start: number, end: number | null): Promise<number[]> {
  const overlay = textOverlay({
    content: 'H',
    font_size: 90,
    position_x: 100,
    start_time: start,
    end_time: end,
  })
  const drawn = await decodeGray((await studio.render([overlay], { video: clips[clip] })).path)
  const bare = withoutText[clip]
  expect(drawn).toHaveLength(bare.length)
  return drawn.flatMap((picture, index) => {
    const background = bare[index]
    return background && differenceBox(picture, background, 60) ? [index] : []
  })
}

test.each([
  ['moving', 1, 2, 25, 50],
  ['moving', 0, 0.04, 0, 1],
  ['moving', 1.001, 1.999, 26, 50],
  ['moving', 1.02, 1.98, 26, 50],
  ['moving', 2.96, null, 74, 75],
  ['ntsc', 1.001, 2.002, 30, 60],
  ['ntsc', 1.01, 2.01, 31, 61],
] as const)(
  'on %s, text from %f s to %f s is on frames %i to before %i',
  async (clip, start, end, from, to) => {
    expect(await framesWithText(clip, start, end)).toEqual(
      Array.from({ length: to - from }, (_, index) => from + index),
    )
  },
)
