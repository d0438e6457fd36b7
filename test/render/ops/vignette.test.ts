import { describe, expect, test } from 'vitest'
import type { Operation } from '../../../src/edit/operation.js'
import { decodeGray, decodeRgb, grayAt, type Picture, rgbAt } from '../../support/frames.js'
import { H264, lavfi } from '../../support/lavfi.js'
import { compile, useStudio } from '../../support/render.js'
import { pictureHashes } from '../../support/spread.js'

const studio = useStudio()
const vignette = (strength: number): Operation => ({ type: 'vignette', strength })

const plain = (color: string, size = '320x180') =>
  studio.make(`${color}-${size}.mp4`, ...lavfi(`color=${color}:s=${size}:r=25:d=0.4,format=yuv420p`), ...H264)

/** The colours top left, top right, bottom left and bottom right: red, green and blue. */
function cornersOf(picture: Picture) {
  const [right, bottom] = [picture.width - 1, picture.height - 1]
  return [
    rgbAt(picture, 0, 0),
    rgbAt(picture, right, 0),
    rgbAt(picture, 0, bottom),
    rgbAt(picture, right, bottom),
  ]
}

function expectNear(found: readonly number[], wanted: number, tolerance: number): void {
  for (const value of found) expect(Math.abs(value - wanted)).toBeLessThanOrEqual(tolerance)
}

describe('a vignette', () => {
  test.each([
    [0.25, 191],
    [0.5, 128],
    [1, 0],
  ])('of strength %d darkens the corners by that share and the middle not at all', async (strength, left) => {
    const { path } = await studio.render([vignette(strength)], { video: await plain('white') })
    const frames = await decodeRgb(path)
    expect(frames).toHaveLength(10)
    for (const frame of frames) {
      expectNear(cornersOf(frame).flat(), left, 6)
      expectNear(rgbAt(frame, 160, 90), 255, 2)
    }
  })

  test('darkens more with every pixel from the middle', async () => {
    const { path } = await studio.render([vignette(0.5)], { video: await plain('white') })
    const [picture] = await decodeGray(path)
    const diagonal = [0, 1, 2, 3, 4].map(
      (step) => picture && grayAt(picture, 160 - 39 * step, 90 - 22 * step),
    )
    expect(diagonal).toEqual([...diagonal].sort((a = 0, b = 0) => b - a))
    expect(new Set(diagonal).size).toBe(5)
  })

  test('keeps black black and gray gray', async () => {
    const [black, gray] = await Promise.all(
      ['black', 'gray'].map(async (color) => {
        const { path } = await studio.render([vignette(0.5)], { video: await plain(color) })
        return path
      }),
    )
    // Luma has limited range: a value below 16 would be no colour.
    for (const frame of await decodeGray(black ?? ''))
      expect(Math.min(...frame.data)).toBeGreaterThanOrEqual(15)
    for (const frame of await decodeRgb(gray ?? ''))
      for (const [red, green, blue] of cornersOf(frame)) expectNear([red, blue], green, 2)
  })

  test('of no strength changes no sample', async () => {
    const video = await studio.make('card.mp4', ...lavfi('testsrc2=s=320x180:r=25:d=0.4'), ...H264)
    const [with0, without] = await Promise.all(
      [[vignette(0)], []].map(async (operations) => {
        const [pass] = compile({ operations, output: null }, await studio.survey({ video })).passes
        return pass && pictureHashes(studio, pass)
      }),
    )
    expect(with0).toHaveLength(10)
    expect(with0).toEqual(without)
  })
})

test.each([
  [101, 51],
  [64, 37],
])('a picture of %d×%d has four dark corners', async (width, height) => {
  const crop: Operation = { type: 'crop', width, height, x: null, y: null }
  const { path, facts } = await studio.render([crop, vignette(0.8)], { video: await plain('white') })
  expect(facts.video).toMatchObject({ width: width + (width & 1), height: height + (height & 1) })
  const [picture] = await decodeRgb(path)
  if (!picture) throw new Error('there is no picture')
  // On so few pixels the corner on one side is a pixel nearer to the middle.
  expectNear(cornersOf(picture).flat(), 51, 15)
  expectNear(rgbAt(picture, width >> 1, height >> 1), 255, 3)
})

test('10 bits are rendered in 8 and mapped to the standard range, with a warning that names the vignette', async () => {
  const ramp = 'nullsrc=s=320x64:r=25:d=0.2,format=yuv420p10le,geq=lum=512:cb=512:cr=512'
  const tags = 'colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc'
  const coding = ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', `log-level=error:${tags}`]
  const video = await studio.make('hdr10.mp4', ...lavfi(ramp), ...coding)
  const rendition = { name: 'deep', video_codec: 'h265', bit_depth: 10, preset: 'fast' } as const
  const edit = { operations: [vignette(0.5)], output: { renditions: [rendition] } }
  const { warnings } = compile(edit, await studio.survey({ video }))
  const mapped = warnings.find(({ code }) => code === 'hdr-tone-mapped')
  expect(mapped?.message).toContain('since "vignette" supports only that')
  const [file] = await studio.renderEdit(edit, { video }, { encode: 'as-planned' })
  expect(file?.facts.video).toMatchObject({ colorTransfer: 'bt709', pixelFormat: 'yuv420p10le' })
  const [picture] = await decodeGray(file?.path ?? '')
  if (!picture) throw new Error('there is no picture')
  expect(grayAt(picture, 0, 0)).toBeLessThan(0.7 * grayAt(picture, 160, 32))
})
