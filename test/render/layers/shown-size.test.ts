import { beforeAll, describe, expect, test } from 'vitest'
import type { ImageOverlay } from '../../../src/edit/operations/overlay.js'
import type { WatermarkOperation } from '../../../src/edit/operations/watermark.js'
import { type Box, decodeGray, decodeRgb, differenceBox, type Picture, rgbAt } from '../../support/frames.js'
import { H264, lavfi } from '../../support/lavfi.js'
import { imageOverlay, watermark } from '../../support/overlays.js'
import { type EditFiles, useStudio } from '../../support/render.js'

const studio = useStudio()
const [WIDTH, HEIGHT] = [320, 180]
const EDGE = 20

let files: EditFiles
let background: Picture

beforeAll(async () => {
  const still = (name: string, graph: string) => studio.make(name, ...lavfi(graph), '-frames:v', '1')
  const quarters = 'if(lt(Y,10),if(lt(X,20),255,0),if(lt(X,20),0,255))'
  files = {
    video: await studio.make('blue.mp4', ...lavfi(`color=blue:s=${WIDTH}x${HEIGHT}:r=25:d=0.04`), ...H264),
    assets: {
      'white.png': await still('white.png', 'color=white:s=40x20,format=rgb24'),
      'red.png': await still('red.png', 'color=red:s=40x20,format=rgb24'),
      // White and red; the upper right and the lower left quarter are red.
      'quarters.png': await still(
        'quarters.png',
        `nullsrc=s=40x20,format=gbrp,geq=r=255:g='${quarters}':b='${quarters}'`,
      ),
      // A white block in the middle, and transparent black around it.
      'island.png': await still(
        'island.png',
        `nullsrc=s=80x80,format=gbrap,geq=${['r', 'g', 'b', 'a'].map((c) => `${c}='255*between(X,20,59)*between(Y,20,59)'`).join(':')},format=rgba`,
      ),
      'huge.png': await still('huge.png', 'color=white:s=500x400,format=rgb24'),
    },
  }
  background = await firstGray([])
})

type Layers = readonly (ImageOverlay | WatermarkOperation)[]

async function first(operations: Layers, of: EditFiles = files): Promise<Picture> {
  const [picture] = await decodeRgb((await studio.render(operations, of)).path)
  if (!picture) throw new Error('no frames')
  return picture
}

async function firstGray(operations: Layers, of: EditFiles = files): Promise<Picture> {
  const [picture] = await decodeGray((await studio.render(operations, of)).path)
  if (!picture) throw new Error('no frames')
  return picture
}

/** The box that has changed around the expected one. */
function changedAround(picture: Picture, { left, top, right, bottom }: Box) {
  const around = { left: left - 5, top: top - 5, right: right + 5, bottom: bottom + 5 }
  return differenceBox(picture, background, EDGE, around)
}

async function boxOf(operation: ImageOverlay | WatermarkOperation) {
  return differenceBox(await firstGray([operation]), background, EDGE)
}

const box = (left: number, top: number, width: number, height: number) => ({
  ...{ left, top, right: left + width, bottom: top + height },
})

describe('a size', () => {
  test('is that of the image, or is set by one side or both, in pixels or shares of the picture', async () => {
    const sizes: readonly [Partial<ImageOverlay>, number, number][] = [
      [{}, 40, 20],
      // The shape is kept.
      [{ width: 61 }, 61, 31],
      [{ width: '12.5%' }, 40, 20],
      [{ height: '25%' }, 90, 45],
      [{ width: 30, height: '25%' }, 30, 45],
    ]
    const places = sizes.map(([, width, height], index) =>
      box(120 * (index % 2), 60 * (index >> 1), width, height),
    )
    const layers = sizes.map(([size], index) => {
      const { left = 0, top = 0 } = places[index] ?? {}
      return imageOverlay({ content: 'white.png', position_x: left, position_y: top, ...size })
    })
    const mark = watermark({ watermark_path: 'white.png', width: '15%', opacity: 1 })
    const marked = box(WIDTH - 10 - 48, HEIGHT - 10 - 24, 48, 24)
    const picture = await firstGray([...layers, mark])
    expect(places.map((place) => changedAround(picture, place))).toEqual(places)
    expect(changedAround(picture, marked)).toEqual(marked)
  })

  test('larger than the picture shows the part that lies within the picture', async () => {
    const part = { content: 'huge.png', anchor: 'right', position_x: 200, height: '300%' } as const
    expect(await boxOf(imageOverlay(part))).toEqual(box(0, 0, 120, HEIGHT))
    expect(await boxOf(watermark({ watermark_path: 'huge.png', opacity: 1, margin: 30 }))).toEqual(
      box(0, 0, WIDTH - 30, HEIGHT - 30),
    )
  })
})

describe('a rotation', () => {
  test('by quarters keeps every pixel', async () => {
    const turns: readonly [number, number, number, readonly string[]][] = [
      [0, 40, 20, ['white', 'red', 'red', 'white']],
      [90, 20, 40, ['red', 'white', 'white', 'red']],
      [180, 40, 20, ['white', 'red', 'red', 'white']],
      [-90, 20, 40, ['red', 'white', 'white', 'red']],
      [360, 40, 20, ['white', 'red', 'red', 'white']],
    ]
    const layers = turns.map(([rotation], index) =>
      imageOverlay({ content: 'quarters.png', position_x: 11 + 60 * index, position_y: 31, rotation }),
    )
    const [picture, gray] = [await first(layers), await firstGray(layers)]
    turns.forEach(([, width, height, colours], index) => {
      const [left, top] = [11 + 60 * index, 31]
      const found = [0.25, 0.75].flatMap((down) =>
        [0.25, 0.75].map((across) =>
          rgbAt(picture, left + width * across, top + height * down)[1] > 128 ? 'white' : 'red',
        ),
      )
      expect([index, found]).toEqual([index, colours])
      expect(changedAround(gray, box(left, top, width, height))).toEqual(box(left, top, width, height))
    })
  })

  test('by 90° is clockwise: what was on the left is on top', async () => {
    const half = imageOverlay({ content: 'quarters.png', height: 40, width: 40, position_x: 50 })
    const [upright, turned] = [await first([half]), await first([{ ...half, rotation: 90 }])]
    // The lower left corner, which is red, becomes the upper left one.
    expect(rgbAt(upright, 55, 35)[1]).toBeLessThan(60)
    expect(rgbAt(turned, 55, 5)[1]).toBeLessThan(60)
  })

  test('by 30° enlarges the box, which keeps to its anchor and has transparent corners', async () => {
    const op = imageOverlay({
      content: 'white.png',
      width: 80,
      height: 40,
      rotation: 30,
      anchor: 'bottom-right',
    })
    const picture = await first([op])
    // 80·cos 30° + 40·sin 30° = 89.3, 80·sin 30° + 40·cos 30° = 74.6
    const [left, top] = [WIDTH - 90, HEIGHT - 75]
    const found = await boxOf(op)
    expect(Math.abs((found?.left ?? NaN) - left)).toBeLessThanOrEqual(2)
    expect(Math.abs((found?.top ?? NaN) - top)).toBeLessThanOrEqual(2)
    expect(found?.right).toBeGreaterThanOrEqual(WIDTH - 2)
    expect(found?.bottom).toBeGreaterThanOrEqual(HEIGHT - 2)
    const isWhite = (x: number, y: number) => rgbAt(picture, x, y)[0] > 200
    // Clockwise: the long side falls to the right. The upper left and upper right corners of the box are free.
    expect([isWhite(left + 4, top + 4), isWhite(left + 85, top + 4), isWhite(left + 45, top + 37)]).toEqual([
      ...[false, false, true],
    ])
    expect([isWhite(left + 24, top + 6), isWhite(left + 66, top + 68)]).toEqual([true, true])
  })
})

test('a scaled or rotated image has no dark rim where it is transparent', async () => {
  const gray = await studio.make('gray.mp4', ...lavfi('color=gray:s=320x180:r=25:d=0.04'), ...H264)
  const layers = [
    imageOverlay({ content: 'island.png', width: 33 }),
    imageOverlay({ content: 'island.png', width: 111, position_x: 50 }),
    imageOverlay({ content: 'island.png', rotation: 20, position_x: 180 }),
  ]
  const { data } = await firstGray(layers, { ...files, video: gray })
  // Between the white of the island and the gray around it no pixel is darker than both.
  expect(Math.min(...data)).toBeGreaterThan(118)
  expect(data.filter((value) => value > 220).length).toBeGreaterThan(4000)
})

test('later operations lie above earlier ones, whatever their kind', async () => {
  const white = imageOverlay({ content: 'white.png', position_x: 140, position_y: 80 })
  const red = watermark({ watermark_path: 'red.png', position: 'center', opacity: 1 })
  const over = rgbAt(await first([white, red]), 160, 90)
  const under = rgbAt(await first([red, white]), 160, 90)
  expect([over[1] < 60, under[1] > 200]).toEqual([true, true])
})
