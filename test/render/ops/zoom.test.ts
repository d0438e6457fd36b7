import { beforeAll, describe, expect, test } from 'vitest'
import type { Region, ZoomOperation } from '../../../src/edit/operations/zoom.js'
import { ffmpeg, H264, lavfi } from '../../support/lavfi.js'
import { useStudio } from '../../support/render.js'

const studio = useStudio()
const [WIDTH, HEIGHT] = [320, 180]
const FRAMES = 50
/** The middle of the spot in each source, in pixels from the top left corner. */
const SPOT = { x: 130.5, y: 75.5 }
/** Standard deviation of the spot, in pixels. */
const SIGMA = 4

let spot = ''
let bars = ''

/** A spot whose brightness and colours have the same middle: the samples of colour lie between those of the brightness. */
beforeAll(async () => {
  const bell = (x: string, y: string) =>
    `exp(-(pow(${x}-${SPOT.x},2)+pow(${y}-${SPOT.y},2))/${2 * SIGMA ** 2})`
  const [luma, chroma] = [bell('(X+0.5)', '(Y+0.5)'), bell('(2*X+0.5)', '(2*Y+1)')]
  const planes = `lum='60+150*${luma}':cb='128-60*${chroma}':cr='128+60*${chroma}'`
  const graph = `color=gray:s=${WIDTH}x${HEIGHT}:r=25:d=${FRAMES / 25},format=yuv420p,geq=${planes}`
  spot = await studio.make('spot.mkv', ...lavfi(graph), '-c:v', 'ffv1')
  const card = `smptehdbars=s=${WIDTH}x${HEIGHT}:r=25:d=2,format=yuv420p`
  bars = await studio.make('bars.mp4', ...lavfi(card), ...H264, '-crf', '1')
})

const part = (width: number, x: number | null, y: number | null): Region => ({ width, height: null, x, y })

function zoom(fields: Partial<ZoomOperation>): ZoomOperation {
  return { type: 'zoom', from: null, to: null, easing: 'linear', start_time: 0, end_time: null, ...fields }
}

interface Planes {
  readonly luma: Plane
  readonly cb: Plane
  readonly cr: Plane
}

interface Plane {
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
}

async function decodePlanes(path: string): Promise<Planes[]> {
  const bytes = await ffmpeg('-i', path, '-map', '0:v', '-f', 'rawvideo', '-pix_fmt', 'yuv420p', 'pipe:1')
  const [whole, quarter] = [WIDTH * HEIGHT, (WIDTH * HEIGHT) / 4]
  return Array.from({ length: bytes.length / (1.5 * whole) }, (_, frame) => {
    const start = frame * 1.5 * whole
    const small = { width: WIDTH / 2, height: HEIGHT / 2 }
    return {
      luma: { data: bytes.subarray(start, start + whole), width: WIDTH, height: HEIGHT },
      cb: { data: bytes.subarray(start + whole, start + whole + quarter), ...small },
      cr: { data: bytes.subarray(start + whole + quarter, start + whole + 2 * quarter), ...small },
    }
  })
}

/** The middle of what differs from the background, in samples of the plane. */
function middleOf({ data, width }: Plane, background: number): { x: number; y: number } {
  let [sum, x, y] = [0, 0, 0]
  data.forEach((value, index) => {
    const weight = Math.abs(value - background)
    // Rounding is everywhere, the spot is not.
    if (weight < 6) return
    sum += weight
    x += weight * ((index % width) + 0.5)
    y += weight * (Math.floor(index / width) + 0.5)
  })
  return { x: x / sum, y: y / sum }
}

/** Where the spot is seen while the part that is shown has a width and a corner. */
function seen({ x, y }: { x: number; y: number }, width: number): { x: number; y: number } {
  const scale = WIDTH / width
  return { x: (SPOT.x - x) * scale, y: (SPOT.y - y) * scale }
}

const mix = (a: number, b: number, share: number) => a + (b - a) * share

describe('a zoom', () => {
  test('moves evenly, between the pixels, with its colours in place', async () => {
    const [from, to] = [part(160, 40.3, 20.7), part(120, 62.15, 41.9)]
    const { path } = await studio.render([zoom({ from, to })], { video: spot })
    const frames = await decodePlanes(path)
    expect(frames).toHaveLength(FRAMES)
    const found = frames.map(({ luma, cb, cr }, frame) => {
      const share = frame / (FRAMES - 1)
      const corner = { x: mix(40.3, 62.15, share), y: mix(20.7, 41.9, share) }
      const wanted = seen(corner, mix(160, 120, share))
      const at = middleOf(luma, 60)
      expect(Math.abs(at.x - wanted.x)).toBeLessThan(0.1)
      expect(Math.abs(at.y - wanted.y)).toBeLessThan(0.1)
      for (const plane of [cb, cr]) {
        const colour = middleOf(plane, 128)
        // A sample of colour lies above the middle of the left one of its two columns.
        expect(Math.abs(2 * colour.x - 0.5 - at.x)).toBeLessThan(0.2)
        expect(Math.abs(2 * colour.y - at.y)).toBeLessThan(0.2)
      }
      return at
    })
    // A part that is moved by whole pixels, as `crop` and `zoompan` do it, makes steps of more than a pixel here.
    for (const axis of ['x', 'y'] as const) {
      const steps = found.slice(1).map((at, index) => at[axis] - (found[index]?.[axis] ?? NaN))
      const changes = steps.slice(1).map((step, index) => Math.abs(step - (steps[index] ?? NaN)))
      expect(Math.max(...changes)).toBeLessThan(0.15)
    }
  })

  test('moves slowly at both ends if it is asked to, and holds both parts outside of its time', async () => {
    const times = { start_time: 0.4, end_time: 1.4, easing: 'ease-in-out' } as const
    const [from, to] = [part(200, 20, 10), part(200, 100, 60)]
    const { path } = await studio.render([zoom({ from, to, ...times })], { video: spot })
    for (const [frame, { luma }] of (await decodePlanes(path)).entries()) {
      const passed = Math.min(1, Math.max(0, (frame - 10) / 24))
      const share = passed * passed * (3 - 2 * passed)
      const wanted = seen({ x: mix(20, 100, share), y: mix(10, 60, share) }, 200)
      const at = middleOf(luma, 60)
      expect(Math.hypot(at.x - wanted.x, at.y - wanted.y)).toBeLessThan(0.15)
    }
  })

  test('leaves the frames before it as they are, to the sample, when it begins with the whole picture', async () => {
    const [edited, plain] = await Promise.all([
      studio.render([zoom({ to: part(80, null, null), start_time: 1 })], { video: bars }),
      studio.render([], { video: bars }),
    ])
    const [zoomed, untouched] = [await decodePlanes(edited.path), await decodePlanes(plain.path)]
    for (const frame of [0, 10, 25]) {
      for (const plane of ['luma', 'cb', 'cr'] as const) {
        const [a, b] = [zoomed[frame]?.[plane].data ?? [], untouched[frame]?.[plane].data ?? []]
        expect(
          Math.max(...Array.from(a, (value, index) => Math.abs(value - (b[index] ?? NaN)))),
        ).toBeLessThan(3)
      }
    }
  })

  test('keeps the colours, up to the corner of the picture', async () => {
    // The upper right corner of the bars: a field of 75 % blue, then gray.
    const { path } = await studio.render([zoom({ to: part(16, WIDTH - 16, 0) })], { video: bars })
    const [last, source] = [(await decodePlanes(path)).at(-1), (await decodePlanes(bars)).at(-1)]
    for (const plane of ['luma', 'cb', 'cr'] as const) {
      const [shown, whole] = [last?.[plane], source?.[plane]]
      if (!shown || !whole) throw new Error('a frame is missing')
      const right = whole.width - 1
      for (const y of [0, shown.height / 2, shown.height - 1]) {
        const value = shown.data[y * shown.width + shown.width - 1] ?? NaN
        expect(Math.abs(value - (whole.data[right] ?? NaN))).toBeLessThanOrEqual(3)
      }
    }
  })

  test('stays on a part that does not move', async () => {
    const still = part(100.5, 80.25, 50.5)
    const { path } = await studio.render([zoom({ from: still, to: still })], { video: spot })
    for (const { luma } of await decodePlanes(path)) {
      const wanted = seen({ x: 80.25, y: 50.5 }, 100.5)
      const at = middleOf(luma, 60)
      expect(Math.hypot(at.x - wanted.x, at.y - wanted.y)).toBeLessThan(0.1)
    }
  })
})
