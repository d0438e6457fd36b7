import { beforeAll, describe, expect, test } from 'vitest'
import type { Operation } from '../../../src/edit/operation.js'
import type { FadeOperation } from '../../../src/edit/operations/fade.js'
import { decodeGray, decodeRgb, grayAt, readNumbers, type Rgb, rgbAt } from '../../support/frames.js'
import { AAC, beeps, H264, lavfi, numberedVideo } from '../../support/lavfi.js'
import { useStudio } from '../../support/render.js'
import { decodeSound, findBeeps } from '../../support/sound.js'

const studio = useStudio()
const [WIDTH, HEIGHT] = [320, 180]
const RED: Rgb = [255, 0, 0]
const GREEN: Rgb = [0, 128, 0]
const BLUE: Rgb = [0, 0, 255]
const WHITE: Rgb = [255, 255, 255]

/** Four quarters: red, green / blue, white. */
let quarters = ''
/** Two seconds whose frames carry their numbers, with a tone at each second. */
let numbered = ''

beforeAll(async () => {
  const [w, h] = [WIDTH / 2, HEIGHT / 2]
  const quarter = (color: string) => `color=${color}:s=${w}x${h}:r=25:d=0.4,format=rgb24`
  const layout = `xstack=inputs=4:layout=0_0|${w}_0|0_${h}|${w}_${h}`
  const sources = ['red', 'green', 'blue', 'white'].map((color, index) => `${quarter(color)}[q${index}]`)
  const stacked = `${sources.join(';')};[q0][q1][q2][q3]${layout},scale=out_color_matrix=bt709,format=yuv420p`
  const tags = ['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709']
  quarters = await studio.make('quarters.mp4', ...lavfi(stacked), ...H264, ...tags)
  const inputs = [...lavfi(numberedVideo({ rate: '25', seconds: 2 })), ...lavfi(beeps(2))]
  numbered = await studio.make('numbered.mp4', ...inputs, ...H264, ...AAC)
})

/** Size of the result, and its colours at shares of width and height. */
async function look(operations: readonly Operation[], points: readonly (readonly [number, number])[]) {
  const { path } = await studio.render(operations, { video: quarters })
  const [picture] = await decodeRgb(path)
  if (!picture) throw new Error('there is no picture')
  const { width, height } = picture
  const colors = points.map(([x, y]) => rgbAt(picture, Math.floor(x * width), Math.floor(y * height)))
  return { size: [width, height], colors }
}

function expectColors(found: readonly Rgb[], wanted: readonly Rgb[]): void {
  expect(found).toHaveLength(wanted.length)
  found.forEach((color, index) => {
    color.forEach((channel, at) => {
      expect(Math.abs(channel - (wanted[index]?.[at] ?? NaN))).toBeLessThan(10)
    })
  })
}

const FADE: FadeOperation = { type: 'fade', in: 0, out: 0, target: 'both', color: 'black' }

const CORNERS = [
  [0.2, 0.2],
  [0.8, 0.2],
  [0.2, 0.8],
  [0.8, 0.8],
] as const

describe('the shape of the picture', () => {
  test.each<[string, Operation[], number[], Rgb[]]>([
    [
      'crop to a quarter',
      [{ type: 'crop', width: 160, height: 90, x: 160, y: 0 }],
      [160, 90],
      Array(4).fill(GREEN),
    ],
    [
      'crop at odd places',
      [{ type: 'crop', width: 101, height: 51, x: 33, y: 19 }],
      [102, 52],
      Array(4).fill(RED),
    ],
    [
      'crop in the middle',
      [{ type: 'crop', width: 100, height: 100, x: null, y: null }],
      [100, 100],
      [RED, GREEN, BLUE, WHITE],
    ],
    ['rotate by 90', [{ type: 'rotate', angle: 90 }], [180, 320], [BLUE, RED, WHITE, GREEN]],
    ['rotate by 180', [{ type: 'rotate', angle: 180 }], [320, 180], [WHITE, BLUE, GREEN, RED]],
    ['rotate by 270', [{ type: 'rotate', angle: 270 }], [180, 320], [GREEN, WHITE, RED, BLUE]],
    [
      'flip left and right',
      [{ type: 'flip', direction: 'horizontal' }],
      [320, 180],
      [GREEN, RED, WHITE, BLUE],
    ],
    ['flip top and bottom', [{ type: 'flip', direction: 'vertical' }], [320, 180], [BLUE, WHITE, RED, GREEN]],
    [
      'fit into a square',
      [{ type: 'resize', width: 160, height: 160, fit: 'fit' }],
      [160, 90],
      [RED, GREEN, BLUE, WHITE],
    ],
    [
      'fill a square',
      [{ type: 'resize', width: 160, height: 160, fit: 'fill' }],
      [160, 160],
      [RED, GREEN, BLUE, WHITE],
    ],
    [
      'stretch to a square',
      [{ type: 'resize', width: 100, height: 100, fit: 'stretch' }],
      [100, 100],
      [RED, GREEN, BLUE, WHITE],
    ],
    [
      'resize by the width alone',
      [{ type: 'resize', width: 640, height: null, fit: 'fit' }],
      [640, 360],
      [RED, GREEN, BLUE, WHITE],
    ],
  ])('%s', async (_, operations, size, colors) => {
    const seen = await look(operations, CORNERS)
    expect(seen.size).toEqual(size)
    expectColors(seen.colors, colors)
  })

  test('pad puts the picture in the middle of a colour', async () => {
    const pad: Operation = { type: 'pad', width: 640, height: 180, background: 'color', color: '#ff8000' }
    const seen = await look(
      [pad],
      [
        [0.1, 0.5],
        [0.3, 0.25],
        [0.7, 0.75],
        [0.9, 0.5],
      ],
    )
    expect(seen.size).toEqual([640, 180])
    expectColors(seen.colors, [[255, 128, 0], RED, WHITE, [255, 128, 0]])
  })

  test('pad puts the picture in the middle of itself, blurred', async () => {
    const pad: Operation = { type: 'pad', width: 320, height: 640, background: 'blur', color: 'black' }
    const seen = await look(
      [pad],
      [
        [0.05, 0.03],
        [0.95, 0.97],
        [0.25, 0.42],
        [0.75, 0.58],
      ],
    )
    expect(seen.size).toEqual([320, 640])
    expectColors(seen.colors, [RED, WHITE, RED, WHITE])
  })
})

describe('the look of the picture', () => {
  test('no saturation is gray', async () => {
    const gray: Operation = { type: 'color', brightness: 0, contrast: 1, saturation: 0 }
    for (const [red, green, blue] of (await look([gray], CORNERS)).colors) {
      expect(Math.max(red, green, blue) - Math.min(red, green, blue)).toBeLessThan(6)
    }
  })

  test('blur mixes what lies in its region for its time, and nothing else', async () => {
    const region = { x: 121, y: 51, width: 80, height: 80 }
    const blur: Operation = { type: 'blur', ...region, radius: 30, start_time: 0.2, end_time: 0.3 }
    const { path } = await studio.render([blur], { video: quarters })
    const frames = await decodeRgb(path)
    expect(frames).toHaveLength(10)
    frames.forEach((frame, index) => {
      const [inside, outside] = [rgbAt(frame, 150, 80), rgbAt(frame, 100, 30)]
      expectColors([outside], [RED])
      if (index === 5 || index === 6 || index === 7) expect(inside[1]).toBeGreaterThan(30)
      else expectColors([inside], [RED])
    })
  })

  test('deinterlace keeps size, count and colours of frames', async () => {
    const seen = await look([{ type: 'deinterlace' }], CORNERS)
    expectColors(seen.colors, [RED, GREEN, BLUE, WHITE])
  })
})

describe('time and sound', () => {
  const render = (...operations: Operation[]) => studio.render(operations, { video: numbered })

  test('twice the speed shows every second frame, and its sound in time', async () => {
    const { path } = await render({ type: 'speed', factor: 2 })
    const numbers = await readNumbers(path)
    expect(numbers).toHaveLength(25)
    expect(numbers).toEqual(Array.from({ length: 25 }, (_, index) => 2 * index))
    const [beep] = findBeeps(await decodeSound(path))
    expect(Math.abs((beep?.atSec ?? NaN) - 0.5)).toBeLessThan(0.04)
    expect(beep?.sourceSec).toBe(1)
  })

  test('a quarter of the speed shows every frame four times', async () => {
    const numbers = await readNumbers((await render({ type: 'speed', factor: 0.25 })).path)
    expect(numbers).toHaveLength(200)
    numbers.forEach((number, index) => expect(Math.abs((number ?? NaN) - index / 4)).toBeLessThanOrEqual(1))
  })

  test.each([0.4, 1.5, 2.5, 4])(
    'at %d times the speed each moment shows the frame nearest to it',
    async (factor) => {
      const numbers = await readNumbers((await render({ type: 'speed', factor })).path)
      expect(numbers).toHaveLength(Math.round(50 / factor))
      // The last moments of slowed material lie behind the last frame.
      numbers.forEach((number, index) => {
        const wanted = Math.min(index * factor, 49)
        expect(Math.abs((number ?? NaN) - wanted)).toBeLessThanOrEqual(0.5)
      })
    },
  )

  test('a fade comes from black and silence and goes there', async () => {
    const { path } = await render({ ...FADE, in: 0.4, out: 0.4 })
    const levels = (await decodeGray(path)).map((frame) => grayAt(frame, 160, 120))
    expect(levels[0]).toBeLessThan(20)
    expect(levels[20]).toBeGreaterThan(120)
    expect(levels[45]).toBeLessThan(levels[40] ?? NaN)
    expect(levels[49]).toBeLessThan(30)
  })

  test('volume changes the loudness by its decibels, mute takes the sound away', async () => {
    // Energy, since a lossy coder's peaks at the start of a tone are its own.
    const energy = async (...operations: Operation[]) =>
      (await decodeSound((await render(...operations)).path)).reduce((sum, value) => sum + value ** 2, 0)
    const quieter = (await energy({ type: 'volume', gain_db: -6 })) / (await energy())
    expect(10 * Math.log10(quieter)).toBeCloseTo(-6, 0)
    expect((await render({ type: 'mute' })).facts.audio).toEqual([])
  })
})
