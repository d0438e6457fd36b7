import { beforeAll, describe, expect, test } from 'vitest'
import type { TextOverlay } from '../../../src/edit/operations/overlay.js'
import { type Box, decodeRgb, differenceBox, type Picture, type Rgb, rgbAt } from '../../support/frames.js'
import { H264, lavfi } from '../../support/lavfi.js'
import { textOverlay } from '../../support/overlays.js'
import { useStudio } from '../../support/render.js'

const studio = useStudio()

/** Pictures on both sides of the size that decides which colour matrix is assumed. */
const SIZES = { sd: [320, 180], hd: [1280, 720] } as const
type Size = keyof typeof SIZES

const GREY = 0x40
const clips: Record<Size | 'long', string> = { sd: '', hd: '', long: '' }
const plain: Partial<Record<Size, Picture | undefined>> = {}

beforeAll(async () => {
  for (const size of ['sd', 'hd'] as const) {
    const [width, height] = SIZES[size]
    const source = `color=0x404040:s=${width}x${height}:r=25:d=0.04`
    clips[size] = await studio.make(`${size}.mp4`, ...lavfi(source), ...H264)
    plain[size] = (await decodeRgb((await studio.render([], { video: clips[size] })).path))[0]
  }
  clips.long = await studio.make('long.mp4', ...lavfi('color=0x404040:s=320x180:r=25:d=0.4'), ...H264)
})

async function draw(fields: Partial<TextOverlay>, size: Size = 'sd'): Promise<Picture> {
  const [picture] = await decodeRgb((await studio.render([textOverlay(fields)], { video: clips[size] })).path)
  if (!picture) throw new Error('no frame')
  return picture
}

function boxOf(picture: Picture, noise = 40): Box {
  const size = picture.width === SIZES.sd[0] ? 'sd' : 'hd'
  const box = differenceBox(picture, plain[size] ?? picture, noise)
  if (!box) throw new Error('nothing was drawn')
  return box
}

function expectColor(picture: Picture, x: number, y: number, wanted: Rgb): void {
  const shown = rgbAt(picture, Math.round(x), Math.round(y))
  const isClose = shown.every((value, channel) => Math.abs(value - Number(wanted[channel])) <= 7)
  expect(isClose ? wanted : shown).toEqual(wanted)
}

/** The result of a colour with alpha on another colour. */
function over(color: Rgb, alpha: number, below: Rgb): Rgb {
  const mix = (channel: 0 | 1 | 2) => Math.round(color[channel] * alpha + below[channel] * (1 - alpha))
  return [mix(0), mix(1), mix(2)]
}

const [RED, GREEN, BLUE]: readonly Rgb[] = [
  [255, 0, 0],
  [0, 255, 0],
  [0, 0, 255],
]
const BACKGROUND: Rgb = [GREY, GREY, GREY]

describe.each(['sd', 'hd'] as const)('on %s pictures', (size) => {
  test('letter, outline and box each have their own colour and transparency', async () => {
    const picture = await draw(
      {
        // Thick enough to look into: a stem of 18 px with 10 px of outline.
        ...{ content: 'l', bold: true, font_size: 100, position_x: 60, position_y: 20 },
        ...{ font_color: '#ff000080', outline_width: 10, outline_color: '#00ff0040' },
        ...{ box_color: '#0000ffc0', box_padding: 20 },
      },
      size,
    )
    const box = boxOf(picture, 25)
    // The box: 20 px around a line of 151.9 px; an l of Noto Sans Bold is 30.5/100 em wide.
    expect(Math.abs(box.left - 40)).toBeLessThanOrEqual(1)
    expect(Math.abs(box.right - (60 + 30.5 + 20))).toBeLessThanOrEqual(2)
    // The ink begins at the position: an l is 76.6/100 em high, and its line has 35.8/100 em above it.
    expect(Math.abs(box.bottom - (20 + 151.9 - 35.8 + 20))).toBeLessThanOrEqual(2)
    expect(box.top).toBe(0)
    const [row, middle] = [60, 60 + 15]
    const inBox = over(BLUE ?? BACKGROUND, 0.75, BACKGROUND)
    expectColor(picture, 46, row, inBox)
    expectColor(picture, middle, row, over(RED ?? BACKGROUND, 0.5, inBox))
    expectColor(picture, middle - 14, row, over(GREEN ?? BACKGROUND, 0.25, inBox))
    expectColor(picture, 20, row, BACKGROUND)
  })

  test('letters that overlap, and their outlines, are no denser there', async () => {
    const picture = await draw(
      {
        // The outlines of the two run into each other.
        ...{ content: 'll', font_size: 100, position_x: 60, position_y: 20 },
        ...{ font_color: '#ffffff80', outline_width: 12, outline_color: '#00000080' },
      },
      size,
    )
    const between = 60 + 25.8
    expectColor(picture, between, 90, over([0, 0, 0], 0.5, BACKGROUND))
    expectColor(picture, between - 12.9, 90, over([255, 255, 255], 0.5, BACKGROUND))
    expectColor(picture, between + 12.9, 90, over([255, 255, 255], 0.5, BACKGROUND))
  })
})

describe('the outline', () => {
  test('has the set width, around letters that stay where they are', async () => {
    const place = { content: 'H', font_size: 80, position_x: 60, position_y: 20 }
    const [bare, outlined] = [boxOf(await draw(place)), boxOf(await draw({ ...place, outline_width: 6 }))]
    const grown = [
      ...[bare.left - outlined.left, bare.top - outlined.top],
      ...[outlined.right - bare.right, outlined.bottom - bare.bottom],
    ]
    for (const pixels of grown) expect(Math.abs(pixels - 6)).toBeLessThanOrEqual(1)
  })
})

describe('rotated text', () => {
  test('rotates clockwise about its anchor, and its box with it', async () => {
    const look = { content: 'HHHH', font_size: 40, anchor: 'center', position_x: 20, position_y: 0 } as const
    const boxed = { ...look, box_color: 'blue', box_padding: 6 }
    const [upright, turned] = [boxOf(await draw(boxed)), boxOf(await draw({ ...boxed, rotation: 90 }))]
    const centre = ({ left, right, top, bottom }: Box) => [(left + right) / 2, (top + bottom) / 2]
    const [x = NaN, y = NaN] = centre(turned)
    expect(Math.abs(x - 180)).toBeLessThanOrEqual(1)
    expect(Math.abs(y - 90)).toBeLessThanOrEqual(1)
    expect(Math.abs(turned.right - turned.left - (upright.bottom - upright.top))).toBeLessThanOrEqual(2)
    expect(Math.abs(turned.bottom - turned.top - (upright.right - upright.left))).toBeLessThanOrEqual(2)
    const letters = [boxOf(await draw(look)), boxOf(await draw({ ...look, rotation: 90 }))]
    const [flat, steep] = letters.map(({ left, right, top, bottom }) => [right - left, bottom - top])
    expect(Math.abs((flat?.[0] ?? NaN) - (steep?.[1] ?? NaN))).toBeLessThanOrEqual(2)
  })

  test('begins at its corner: 30° to the right leads down', async () => {
    const look = {
      content: 'l',
      font_size: 60,
      position_x: 160,
      position_y: 60,
      box_color: 'blue',
      box_padding: 0,
    }
    const picture = await draw({ ...look, content: 'llllllll', rotation: 30 })
    const along = (x: number, y: number) => {
      const [cos, sin] = [Math.cos(Math.PI / 6), Math.sin(Math.PI / 6)]
      return [160 + x * cos - y * sin, 60 + x * sin + y * cos] as const
    }
    expectColor(picture, ...along(4, -8), [0, 0, 255])
    expectColor(picture, ...along(110, -8), [0, 0, 255])
    expectColor(picture, ...along(4, 60), [0, 0, 255])
    expectColor(picture, ...along(-5, -8), BACKGROUND)
    expectColor(picture, ...along(40, -27), BACKGROUND)
  })
})

test('opacity and fades apply to the whole: nothing shows through what covered it', async () => {
  const look = { content: 'l', bold: true, font_size: 100, position_x: 60, position_y: 20, font_color: 'red' }
  const overlay = textOverlay({ ...look, box_color: 'blue', box_padding: 20, opacity: 0.5, fade_in: 0.2 })
  const frames = await decodeRgb((await studio.render([overlay], { video: clips.long })).path)
  const [half, full] = [frames[2], frames[8]]
  if (!half || !full) throw new Error('no frames')
  expectColor(full, 75, 90, over([255, 0, 0], 0.5, BACKGROUND))
  expectColor(full, 46, 90, over([0, 0, 255], 0.5, BACKGROUND))
  // The third of five frames of the fade.
  expectColor(half, 75, 90, over([255, 0, 0], 0.5 * 0.4, BACKGROUND))
  expectColor(half, 46, 90, over([0, 0, 255], 0.5 * 0.4, BACKGROUND))
})
