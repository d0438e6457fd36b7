import { beforeAll, describe, expect, test } from 'vitest'
import type { ImageOverlay, WatermarkOperation } from '../../src/edit/operations.js'
import { WATERMARK_POSITIONS } from '../../src/edit/operations.js'
import { decodeGray, decodeRgb, differenceBox, rgbAt, type Picture } from '../support/frames.js'
import { H264, lavfi } from '../support/lavfi.js'
import { useStudio } from '../support/render.js'

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
  return {
    type: 'overlay',
    overlay_type: 'image',
    content,
    position_x: x,
    position_y: y,
    start_time: 0,
    end_time: null,
  }
}

function mark(fields: Partial<WatermarkOperation>): WatermarkOperation {
  return {
    type: 'watermark',
    watermark_path: 'even.png',
    position: 'bottom-right',
    opacity: 1,
    margin: 10,
    ...fields,
  }
}

async function boxOf(operation: ImageOverlay | WatermarkOperation) {
  const { path } = await studio.render([operation], { video: blue, assets })
  return differenceBox(await firstGray(path), background, EDGE)
}

describe('an image lies exactly where it is put', () => {
  test.each([
    ['even.png', 40, 60],
    ['even.png', 41, 60],
    ['even.png', 40, 61],
    ['even.png', 41, 61],
    ['odd.png', 40, 60],
    ['odd.png', 41, 61],
    ['odd.png', 303, 167],
    ['even.png', -3, -5],
    ['odd.png', 310, 170],
    ['wide.png', -20, 50],
    ['tall.png', 33, -7],
  ] as const)('%s at %i, %i', async (name, x, y) => {
    const [width, height] = LOGOS[name]
    expect(await boxOf(image(name, x, y))).toEqual({
      left: Math.max(0, x),
      top: Math.max(0, y),
      right: Math.min(WIDTH, x + width),
      bottom: Math.min(HEIGHT, y + height),
    })
  })

  test.each([
    [WIDTH, 0],
    [0, HEIGHT],
    [-16, 0],
    [0, -12],
    [8192, -8192],
  ])('at %i, %i it is outside the picture and leaves it alone', async (x, y) => {
    expect(await boxOf(image('even.png', x, y))).toBeNull()
  })
})

describe.each(WATERMARK_POSITIONS)('a watermark at %s', (position) => {
  test.each([
    ['even.png', 10],
    ['odd.png', 7],
    ['odd.png', 0],
  ] as const)('of %s is %i px from the edges, to the pixel', async (name, margin) => {
    const [width, height] = LOGOS[name]
    const box = await boxOf(mark({ position, watermark_path: name, margin }))
    const [horizontal, vertical] = [position.includes('left'), position.includes('top')]
    const expected =
      position === 'center'
        ? { left: Math.round((WIDTH - width) / 2), top: Math.round((HEIGHT - height) / 2) }
        : {
            left: horizontal ? margin : WIDTH - width - margin,
            top: vertical ? margin : HEIGHT - height - margin,
          }
    expect(box).toEqual({ ...expected, right: expected.left + width, bottom: expected.top + height })
  })
})

test('a watermark with a margin beyond the picture is not seen', async () => {
  expect(await boxOf(mark({ margin: 8192 }))).toBeNull()
})

test('a watermark is on every frame', async () => {
  const { path } = await studio.render([mark({ position: 'top-left' })], { video: blue, assets })
  const marked = (await decodeGray(path)).map((picture) => differenceBox(picture, background, EDGE)?.left)
  expect(marked).toEqual([10, 10, 10])
})

describe.each([
  ['SD', 320, 180],
  ['HD', 1280, 720],
])('on %s pictures', (_, width, height) => {
  const at = { x: 101, y: 61 }
  let video = ''
  beforeAll(async () => {
    video = await studio.make(
      `slate-${height}.mp4`,
      ...lavfi(`color=0x305090:s=${width}x${height}:r=25:d=0.04`),
      ...H264,
    )
  })

  async function shown(operation: ImageOverlay | WatermarkOperation, files: Record<string, string>) {
    const { path } = await studio.render([operation], { video, assets: files })
    const [picture] = await decodeRgb(path)
    if (!picture) throw new Error('no frames')
    return picture
  }

  test.each([
    ['0.1', 0.1],
    ['0.5', 0.5],
    ['1', 1],
  ])('an opacity of %s mixes the colours in that share', async (_name, opacity) => {
    const red = await studio.make(
      'red.png',
      ...lavfi('color=0xb04040:s=30x30,format=rgb24'),
      '-frames:v',
      '1',
    )
    const picture = await shown(mark({ watermark_path: 'red.png', position: 'top-left', opacity }), {
      'red.png': red,
    })
    const plain = rgbAt(picture, 100, 100)
    rgbAt(picture, 25, 25).forEach((value, channel) => {
      const wanted = Number([0xb0, 0x40, 0x40][channel]) * opacity + Number(plain[channel]) * (1 - opacity)
      expect(Math.abs(value - wanted)).toBeLessThanOrEqual(6)
    })
  })

  test.each(['png', 'jpg', 'webp', 'gif-palette.png'])('an image in %s keeps its colour', async (kind) => {
    const codec = { jpg: ['-q:v', '1'], webp: ['-lossless', '1'] }[kind] ?? []
    const format = kind.startsWith('gif') ? 'pal8' : kind === 'jpg' ? 'yuvj444p' : 'rgb24'
    const source = lavfi(
      `color=0xe08020:s=40x40:d=0.04,format=rgb24,split[a][b];[a]palettegen[p];[b][p]paletteuse`,
    )
    const plain = lavfi(`color=0xe08020:s=40x40,format=rgb24,scale=out_range=pc,format=${format}`)
    const input = format === 'pal8' ? source : plain
    const logo = await studio.make(`orange-${height}.${kind}`, ...input, '-frames:v', '1', ...codec)
    const picture = await shown(image('logo', at.x, at.y), { logo })
    rgbAt(picture, at.x + 20, at.y + 20).forEach((value, channel) => {
      expect(Math.abs(value - Number([0xe0, 0x80, 0x20][channel]))).toBeLessThanOrEqual(6)
    })
  })

  test('transparent parts of an image show the picture', async () => {
    const graph = 'color=white:s=40x40,format=rgba,geq=r=255:g=255:b=255:a=if(lt(X\\,20)\\,0\\,128)'
    const logo = await studio.make(`half-${height}.png`, ...lavfi(graph), '-frames:v', '1')
    const picture = await shown(image('logo', at.x, at.y), { logo })
    const [clear, mixed] = [rgbAt(picture, at.x + 9, at.y + 20), rgbAt(picture, at.x + 31, at.y + 20)]
    const plain = rgbAt(picture, 5, 5)
    plain.forEach((value, channel) => {
      expect(Math.abs(Number(clear[channel]) - value)).toBeLessThanOrEqual(3)
      expect(Math.abs(Number(mixed[channel]) - (value + 255) / 2)).toBeLessThanOrEqual(6)
    })
  })
})
