import { beforeAll, expect, test } from 'vitest'
import type { WatermarkOperation } from '../../../src/edit/operations/watermark.js'
import { decodeGray, decodeRgb, grayAt, rgbAt } from '../../support/frames.js'
import { H264, lavfi } from '../../support/lavfi.js'
import { watermark } from '../../support/overlays.js'
import { type EditFiles, useStudio } from '../../support/render.js'

const studio = useStudio()
const [WIDTH, HEIGHT] = [101, 64]
const [W, H] = [16, 10]

let files: EditFiles

beforeAll(async () => {
  const graph = `color=white:s=${W}x${H},format=rgb24`
  files = {
    video: await studio.make('black.mp4', ...lavfi('color=black:s=102x64:r=25:d=0.12'), ...H264),
    assets: { 'logo.png': await studio.make('logo.png', ...lavfi(graph), '-frames:v', '1') },
  }
})

const mark = (fields: Partial<WatermarkOperation>) => watermark({ opacity: 1, tiled: true, ...fields })

test.each<[WatermarkOperation['position'], number, number, number]>([
  ['top-left', 7, 7, 7],
  ['bottom-right', 7, 102 - W - 7, HEIGHT - H - 7],
  ['center', 5, Math.round((102 - W) / 2), (HEIGHT - H) / 2],
  ['top-right', 0, 102 - W, 0],
])(
  'tiles from %s with gaps of %i cover the whole picture, each in its place',
  async (position, margin, x, y) => {
    const pictures = await decodeGray((await studio.render([mark({ position, margin })], files)).path)
    const mod = (value: number, period: number) => ((value % period) + period) % period
    for (const picture of [pictures[0], pictures.at(-1)]) {
      if (!picture) throw new Error('no frames')
      const wrong = Array.from({ length: WIDTH * HEIGHT }, (_, index) => [
        index % WIDTH,
        Math.floor(index / WIDTH),
      ]).filter(([px = 0, py = 0]) => {
        const isCovered = mod(px - x, W + margin) < W && mod(py - y, H + margin) < H
        return grayAt(picture, px, py) > 126 !== isCovered
      })
      expect(wrong).toEqual([])
    }
  },
)

test('tiles have the size and the opacity that are asked for', async () => {
  const op = mark({ position: 'top-left', margin: 10, width: '50%', opacity: 0.5 })
  const [picture] = await decodeRgb((await studio.render([op], files)).path)
  if (!picture) throw new Error('no frames')
  // 51×32 from 10, 10 on, and again 61 pixels further.
  expect([5, 30, 65, 80].map((x) => Math.round(rgbAt(picture, x, 30)[0] / 64))).toEqual([0, 2, 0, 2])
})
