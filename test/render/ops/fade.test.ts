import { beforeAll, describe, expect, test } from 'vitest'
import type { FadeOperation } from '../../../src/edit/operations/fade.js'
import { decodeGray, decodeRgb, grayAt, type Rgb, rgbAt } from '../../support/frames.js'
import { AAC, beeps, H264, lavfi, numberedVideo } from '../../support/lavfi.js'
import { useStudio } from '../../support/render.js'
import { decodeSound, levelOf } from '../../support/sound.js'

const studio = useStudio()
const PICTURE: Rgb = [0, 102, 204]
const HZ = 600
const FRAMES = 20
const FADE: FadeOperation = { type: 'fade', in: 0.4, out: 0.2, target: 'both', color: 'black' }

const sources = new Map<string, string>()

beforeAll(async () => {
  const sound = lavfi(`sine=frequency=${HZ}:r=48000:d=0.8,volume=10dB`)
  for (const [matrix, space] of [
    ['bt709', 'bt709'],
    ['bt601', 'smpte170m'],
  ] as const) {
    const color = `color=0x0066cc:s=64x36:r=25:d=0.8,format=gbrp,scale=out_color_matrix=${matrix}:out_range=tv`
    const tags = ['-colorspace', space, '-color_primaries', space, '-color_trc', space]
    const picture = lavfi(`${color},format=yuv420p`)
    sources.set(space, await studio.make(`${space}.mp4`, ...picture, ...sound, ...H264, ...tags, ...AAC))
  }
})

/** The colour of each frame, and the level of the sound in each tenth of a second. */
async function look(op: Partial<FadeOperation>, space = 'bt709') {
  const { path } = await studio.render([{ ...FADE, ...op }], { video: sources.get(space) ?? '' })
  const colors = (await decodeRgb(path)).map((frame) => rgbAt(frame, 31, 17))
  const sound = await decodeSound(path)
  const levels = Array.from({ length: 8 }, (_, index) => levelOf(sound, HZ, index / 10, index / 10 + 0.1))
  expect(colors).toHaveLength(FRAMES)
  return { colors, levels }
}

function expectColor(found: Rgb | undefined, wanted: Rgb, tolerance = 4): void {
  wanted.forEach((channel, index) => {
    expect(Math.abs((found?.[index] ?? NaN) - channel)).toBeLessThanOrEqual(tolerance)
  })
}

const mixed = (color: Rgb, share: number): Rgb => [
  color[0] * share + PICTURE[0] * (1 - share),
  color[1] * share + PICTURE[1] * (1 - share),
  color[2] * share + PICTURE[2] * (1 - share),
]

describe('a fade', () => {
  test.each<[string, string, Rgb]>([
    ['black', 'bt709', [0, 0, 0]],
    ['white', 'bt709', [255, 255, 255]],
    ['#ff8000', 'bt709', [255, 128, 0]],
    ['#ff8000', 'smpte170m', [255, 128, 0]],
  ])('of the picture begins and ends with %s, in %s', async (color, space, rgb) => {
    const { colors } = await look({ target: 'video', color }, space)
    expectColor(colors[0], rgb)
    expectColor(colors[5], mixed(rgb, 0.5), 8)
    for (const frame of [10, 12, 14]) expectColor(colors[frame], PICTURE)
    expectColor(colors[17], mixed(rgb, 0.6), 8)
    expectColor(colors[19], rgb)
  })

  test('of both picture and sound fades the sound, too', async () => {
    const { levels } = await look({})
    expect((levels[4] ?? NaN) - (levels[0] ?? NaN)).toBeGreaterThan(12)
    expect((levels[5] ?? NaN) - (levels[7] ?? NaN)).toBeGreaterThan(6)
  })

  test('of the picture alone leaves the sound as it is', async () => {
    const { levels } = await look({ target: 'video', color: 'white' })
    expect(Math.max(...levels) - Math.min(...levels)).toBeLessThan(1)
  })

  test('of the sound alone leaves the picture as it is', async () => {
    const { colors, levels } = await look({ target: 'audio', color: 'white' })
    for (const color of colors) expectColor(color, PICTURE)
    expect((levels[4] ?? NaN) - (levels[0] ?? NaN)).toBeGreaterThan(12)
  })
})

test('a fade begins and ends with black and silence', async () => {
  const inputs = [...lavfi(numberedVideo({ rate: '25', seconds: 2 })), ...lavfi(beeps(2))]
  const video = await studio.make('numbered.mp4', ...inputs, ...H264, ...AAC)
  const { path } = await studio.render([{ ...FADE, in: 0.4, out: 0.4 }], { video })
  const levels = (await decodeGray(path)).map((frame) => grayAt(frame, 160, 120))
  expect(levels[0]).toBeLessThan(20)
  expect(levels[20]).toBeGreaterThan(120)
  expect(levels[45]).toBeLessThan(levels[40] ?? NaN)
  expect(levels[49]).toBeLessThan(30)
})
