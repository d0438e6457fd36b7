import { beforeAll, describe, expect, test } from 'vitest'
import type { Operation } from '../../../src/edit/operation.js'
import { decodeGray, decodeRgb, readNumber, type Rgb, rgbAt } from '../../support/frames.js'
import { H264, lavfi, numberedVideo } from '../../support/lavfi.js'
import { imageOverlay, videoOverlay, watermark } from '../../support/overlays.js'
import { type EditFiles, useStudio } from '../../support/render.js'

const studio = useStudio()
const FRAMES = 30

let files: EditFiles

beforeAll(async () => {
  const clip = lavfi(numberedVideo({ rate: '25', seconds: 0.4, width: 96, height: 44 }))
  const mp4 = await studio.make('clip.mp4', ...clip, ...H264)
  // Red for 0.2 s, green for 0.12 s; its left half is transparent.
  const gif = await studio.make(
    'blink.gif',
    ...lavfi('color=red:s=40x40:r=25:d=0.04,format=rgba'),
    ...lavfi('color=lime:s=40x40:r=25:d=0.04,format=rgba'),
    '-filter_complex',
    "[0]settb=1/100[a];[1]settb=1/100,setpts=20[b];[a][b]interleave,geq=r='r(X,Y)':g='g(X,Y)':b='b(X,Y)':a='255*gte(X,20)'," +
      'split[c][d];[c]palettegen[p];[d][p]paletteuse[o]',
    ...['-map', '[o]', '-fps_mode', 'passthrough', '-final_delay', '12'],
  )
  files = {
    video: await studio.make('black.mp4', ...lavfi('color=black:s=128x80:r=25:d=1.2'), ...H264),
    assets: { 'clip.mp4': mp4, 'blink.gif': gif },
  }
})

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index)
const nothing = (count: number) => Array.from({ length: count }, () => null)

async function numbers(fields: Parameters<typeof videoOverlay>[0]) {
  const op = videoOverlay({ position_x: 10, position_y: 10, start_time: 0.2, ...fields })
  const pictures = await decodeGray((await studio.render([op], files)).path)
  return pictures.map((picture) => readNumber(picture, { x: 10, y: 10, width: 96 }))
}

describe('a clip that ends before its window', () => {
  test('disappears', async () => {
    expect(await numbers({ at_end: 'hide' })).toEqual([...nothing(5), ...range(0, 10), ...nothing(15)])
  })

  test('holds its last frame', async () => {
    const held = Array.from({ length: 12 }, () => 9)
    expect(await numbers({ at_end: 'hold', end_time: 1.04 })).toEqual([
      ...[...nothing(5), ...range(0, 9), ...held],
      ...nothing(4),
    ])
  })

  test('begins again in a loop, frame by frame', async () => {
    expect(await numbers({ at_end: 'loop', end_time: 1.12 })).toEqual([
      ...[...nothing(5), ...range(0, 10), ...range(0, 10), ...range(0, 3)],
      ...nothing(2),
    ])
  })
})

test.each(['hold', 'loop'] as const)(
  'a clip that lasts longer than its window ends with it (%s)',
  async (at_end) => {
    expect(await numbers({ at_end, end_time: 0.4 })).toEqual([...nothing(5), ...range(0, 5), ...nothing(20)])
  },
)

test('a clip that is hidden fades out with its own end', async () => {
  const op = videoOverlay({ content: 'blink.gif', at_end: 'hide', fade_out: 0.08 })
  const pictures = await decodeRgb((await studio.render([op], files)).path)
  const greens = pictures.slice(0, 10).map((picture) => Math.round((rgbAt(picture, 30, 20)[1] / 255) * 4) / 4)
  expect(greens).toEqual([0, 0, 0, 0, 0, 1, 1, 0.5, 0, 0])
})

describe.each<[string, Operation]>([
  ['an image', imageOverlay({ content: 'blink.gif', start_time: 0.2 })],
  ['a clip', videoOverlay({ content: 'blink.gif', start_time: 0.2, at_end: 'loop' })],
  ['a watermark', watermark({ watermark_path: 'blink.gif', position: 'top-left', margin: 0, opacity: 1 })],
])('an animated GIF as %s', (_, op) => {
  test('plays at its own speed, begins again, and is transparent where the file is', async () => {
    const start = op.type === 'overlay' ? 5 : 0
    const pictures = await decodeRgb((await studio.render([op], files)).path)
    const found = pictures.map((picture) => colour(rgbAt(picture, 30, 20)))
    const wanted = range(0, FRAMES).map((frame) => {
      if (frame < start) return 'black'
      return (frame - start) % 8 < 5 ? 'red' : 'green'
    })
    expect(found).toEqual(wanted)
    expect(new Set(pictures.map((picture) => colour(rgbAt(picture, 8, 20))))).toEqual(new Set(['black']))
  })
})

function colour([red, green]: Rgb): string {
  if (red > 180 && green < 60) return 'red'
  if (green > 180 && red < 60) return 'green'
  return red < 30 && green < 30 ? 'black' : `${red},${green}`
}
