import { beforeAll, expect } from 'vitest'
import type { Operation } from '../../src/edit/operation.js'
import { decodeRgb, type Rgb, rgbAt } from '../support/frames.js'
import { H264, lavfi } from '../support/lavfi.js'
import type { Studio } from '../support/render.js'

export const RED: Rgb = [255, 0, 0]
export const GREEN: Rgb = [0, 128, 0]
export const BLUE: Rgb = [0, 0, 255]
export const WHITE: Rgb = [255, 255, 255]

/** Points within the quarters, as shares of width and height: top left, top right, bottom left, bottom right. */
const CORNERS = [
  [0.2, 0.2],
  [0.8, 0.2],
  [0.2, 0.8],
  [0.8, 0.8],
] as const

/** A video of 320×180 and 10 frames in four quarters: red and green above blue and white. */
export function useQuarters(studio: Studio) {
  const [w, h] = [160, 90]
  let quarters = ''

  beforeAll(async () => {
    const quarter = (color: string) => `color=${color}:s=${w}x${h}:r=25:d=0.4,format=rgb24`
    const layout = `xstack=inputs=4:layout=0_0|${w}_0|0_${h}|${w}_${h}`
    const sources = ['red', 'green', 'blue', 'white'].map((color, index) => `${quarter(color)}[q${index}]`)
    const stacked = `${sources.join(';')};[q0][q1][q2][q3]${layout},scale=out_color_matrix=bt709,format=yuv420p`
    const tags = ['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709']
    quarters = await studio.make('quarters.mp4', ...lavfi(stacked), ...H264, ...tags)
  })

  /** Size of the first picture of the result, and its colours at shares of width and height. */
  const look = async (
    operations: readonly Operation[],
    points: readonly (readonly [number, number])[] = CORNERS,
  ) => {
    const { path } = await studio.render(operations, { video: quarters })
    const [picture] = await decodeRgb(path)
    if (!picture) throw new Error('there is no picture')
    const { width, height } = picture
    const colors = points.map(([x, y]) => rgbAt(picture, Math.floor(x * width), Math.floor(y * height)))
    return { size: [width, height], colors }
  }

  const expectCorners = async (
    operations: readonly Operation[],
    size: readonly number[],
    colors: readonly Rgb[],
  ) => {
    const seen = await look(operations)
    expect(seen.size).toEqual(size)
    expectColors(seen.colors, colors)
  }

  return { path: () => quarters, look, expectCorners }
}

/** Checks that colours are equal but for what a lossy encoder changes. */
export function expectColors(found: readonly Rgb[], wanted: readonly Rgb[]): void {
  expect(found).toHaveLength(wanted.length)
  found.forEach((color, index) => {
    color.forEach((channel, at) => {
      expect(Math.abs(channel - (wanted[index]?.[at] ?? NaN))).toBeLessThan(10)
    })
  })
}
