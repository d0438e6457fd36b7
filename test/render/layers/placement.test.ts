import { beforeAll, describe, expect, test } from 'vitest'
import { type Anchor, ANCHORS } from '../../../src/edit/fields/placement.js'
import type { ImageOverlay } from '../../../src/edit/operations/overlay.js'
import type { WatermarkOperation } from '../../../src/edit/operations/watermark.js'
import { WATERMARK_POSITIONS, type WatermarkPosition } from '../../../src/edit/operations/watermark.js'
import { type Box, decodeGray, differenceBox, type Picture } from '../../support/frames.js'
import { H264, lavfi } from '../../support/lavfi.js'
import { imageOverlay, watermark } from '../../support/overlays.js'
import { useStudio } from '../../support/render.js'

const studio = useStudio()
const [WIDTH, HEIGHT] = [320, 180]
/** Between the brightness of blue (41) and of what is laid over it. */
const EDGE = 20
const LOGOS = {
  'even.png': [16, 12],
  'odd.png': [17, 13],
  'wide.png': [400, 21],
  'tall.png': [31, 300],
} as const

let blue = ''
let assets: Record<string, string> = {}
let background: Picture

beforeAll(async () => {
  blue = await studio.make('blue.mp4', ...lavfi(`color=blue:s=${WIDTH}x${HEIGHT}:r=25:d=0.12`), ...H264)
  const made = Object.entries(LOGOS).map(async ([name, [width, height]]): Promise<[string, string]> => {
    const source = lavfi(`color=white:s=${width}x${height},format=rgb24`)
    return [name, await studio.make(name, ...source, '-frames:v', '1')]
  })
  assets = Object.fromEntries(await Promise.all(made))
  background = await firstGray((await studio.render([], { video: blue })).path)
})

async function firstGray(file: string): Promise<Picture> {
  const [picture] = await decodeGray(file)
  if (!picture) throw new Error(`${file} has no frames`)
  return picture
}

function image(content: string, x: number, y: number): ImageOverlay {
  return imageOverlay({ content, position_x: x, position_y: y })
}

function mark(fields: Partial<WatermarkOperation>): WatermarkOperation {
  return watermark({ watermark_path: 'even.png', opacity: 1, ...fields })
}

/** The box that each operation of an edit has changed, searched for around the expected place. */
async function boxesOf(operations: readonly (ImageOverlay | WatermarkOperation)[], wanted: readonly Box[]) {
  const { path } = await studio.render(operations, { video: blue, assets })
  const picture = await firstGray(path)
  return wanted.map(({ left, top, right, bottom }) => {
    const around = { left: left - 9, top: top - 9, right: right + 9, bottom: bottom + 9 }
    return differenceBox(picture, background, EDGE, around)
  })
}

async function boxOf(operation: ImageOverlay | WatermarkOperation): Promise<Box | null> {
  const { path } = await studio.render([operation], { video: blue, assets })
  return differenceBox(await firstGray(path), background, EDGE)
}

function visible(left: number, top: number, name: keyof typeof LOGOS): Box {
  const [width, height] = LOGOS[name]
  const right = Math.min(WIDTH, left + width)
  return { left: Math.max(0, left), top: Math.max(0, top), right, bottom: Math.min(HEIGHT, top + height) }
}

describe('images lie exactly where they are placed', () => {
  test.each<[string, [keyof typeof LOGOS, number, number][]]>([
    [
      'with even sizes',
      [
        ['even.png', 40, 60],
        ['even.png', 81, 60],
        ['even.png', 130, 61],
        ['even.png', 171, 61],
      ],
    ],
    [
      'with odd sizes',
      [
        ['odd.png', 40, 60],
        ['odd.png', 81, 60],
        ['odd.png', 130, 61],
        ['odd.png', 171, 61],
      ],
    ],
    [
      'at the edges',
      [
        ['even.png', -3, -5],
        ['odd.png', 310, 170],
        ['odd.png', 303, 60],
        ['even.png', 41, 168],
      ],
    ],
    ['when wider than the picture', [['wide.png', -20, 51]]],
    ['when higher than the picture', [['tall.png', 33, -7]]],
  ])('%s', async (_, places) => {
    const wanted = places.map(([name, x, y]) => visible(x, y, name))
    const operations = places.map(([name, x, y]) => image(name, x, y))
    expect(await boxesOf(operations, wanted)).toEqual(wanted)
  })

  test('and change nothing beside their place', async () => {
    expect(await boxOf(image('odd.png', 101, 61))).toEqual(visible(101, 61, 'odd.png'))
  })

  test('and change nothing when they lie outside the picture', async () => {
    const places = [
      [WIDTH, 0],
      [0, HEIGHT],
      [-16, 0],
      [0, -12],
      [8192, -8192],
    ] as const
    const { path } = await studio.render(
      places.map(([x, y]) => image('even.png', x, y)),
      { video: blue, assets },
    )
    expect(differenceBox(await firstGray(path), background, EDGE)).toBeNull()
  })
})

test('images lie at their anchors and percentages, to the pixel', async () => {
  const [w, h] = LOGOS['odd.png']
  const [left, middle, right] = [7, Math.round((WIDTH - w) / 2 + 7), WIDTH - w - 7]
  // A tenth of 180.
  const [top, centre, bottom] = [18, Math.round((HEIGHT - h) / 2 + 18), HEIGHT - h - 18]
  const corners: Record<Anchor, readonly [number, number]> = {
    ...({ 'top-left': [left, top], top: [middle, top], 'top-right': [right, top] } as const),
    ...({ left: [left, centre], center: [middle, centre], right: [right, centre] } as const),
    ...({
      'bottom-left': [left, bottom],
      bottom: [middle, bottom],
      'bottom-right': [right, bottom],
    } as const),
  }
  const wanted = ANCHORS.map((anchor) => visible(...corners[anchor], 'odd.png'))
  const operations = ANCHORS.map((anchor) =>
    imageOverlay({ content: 'odd.png', anchor, position_x: 7, position_y: '10%' }),
  )
  expect(await boxesOf(operations, wanted)).toEqual(wanted)
})

test.each([
  ['even.png', 10],
  ['odd.png', 7],
  ['odd.png', 0],
] as const)(
  'watermarks of %s with a margin of %i lie at their anchors, to the pixel',
  async (name, margin) => {
    const [width, height] = LOGOS[name]
    const [right, bottom] = [WIDTH - width - margin, HEIGHT - height - margin]
    const anchors: Record<WatermarkPosition, Box> = {
      'top-left': visible(margin, margin, name),
      'top-right': visible(right, margin, name),
      'bottom-left': visible(margin, bottom, name),
      'bottom-right': visible(right, bottom, name),
      center: visible(Math.round((WIDTH - width) / 2), Math.round((HEIGHT - height) / 2), name),
    }
    const operations = WATERMARK_POSITIONS.map((position) => mark({ position, watermark_path: name, margin }))
    const wanted = WATERMARK_POSITIONS.map((position) => anchors[position])
    expect(await boxesOf(operations, wanted)).toEqual(wanted)
  },
)

test('a watermark with a margin larger than the picture is not seen', async () => {
  expect(await boxOf(mark({ margin: 8192 }))).toBeNull()
})

test('a watermark is on every frame', async () => {
  const { path } = await studio.render([mark({ position: 'top-left' })], { video: blue, assets })
  const marked = (await decodeGray(path)).map((picture) => differenceBox(picture, background, EDGE)?.left)
  expect(marked).toEqual([10, 10, 10])
})
