import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { decodeRgb, type Rgb, rgbAt } from '../frames.js'
import type { Studio } from '../render.js'

/** Side of a patch in pixels. */
const SIDE = 32
const FRAMES = 3

/** How a clip of plain patches is coded. */
export interface PatchCoding {
  /** `gbr`: the samples are RGB. */
  readonly matrix: 'bt709' | 'smpte170m' | 'bt470bg' | 'bt2020nc' | 'smpte240m' | 'fcc' | 'ycgco' | 'gbr'
  readonly range?: 'tv' | 'pc'
  readonly bits?: 8 | 10
  /** Times that the row of patches is repeated downwards, for a large picture. */
  readonly rows?: number
}

/** Weights of red and blue in the brightness (ITU-T H.273, table 4). */
const WEIGHTS: Readonly<Record<string, readonly [number, number]>> = {
  bt709: [0.2126, 0.0722],
  smpte170m: [0.299, 0.114],
  bt470bg: [0.299, 0.114],
  bt2020nc: [0.2627, 0.0593],
  smpte240m: [0.212, 0.087],
  fcc: [0.3, 0.11],
}

/**
 * Makes a clip with patches of plain colours side by side, whose samples are computed here.
 * @param colours RGB, 0 to 255
 * @param args of the encoder, with the tags
 */
export async function makePatches(
  studio: Studio,
  name: string,
  colours: readonly Rgb[],
  coding: PatchCoding,
  args: readonly string[],
): Promise<string> {
  const { bits = 8, rows = 1 } = coding
  const [width, height] = [SIDE * colours.length, SIDE * rows]
  const samples = colours.map((colour) => toSamples(colour, coding))
  const isGbr = coding.matrix === 'gbr'
  const planes = [0, 1, 2].map((plane) => {
    const half = plane > 0 && !isGbr ? 2 : 1
    const line = samples.flatMap((sample) => Array<number>(SIDE / half).fill(sample[plane] ?? 0))
    return bytesOf(
      Array.from({ length: height / half }, () => line),
      bits,
    )
  })
  const raw = join(studio.dir(), `${name}.raw`)
  await writeFile(raw, Buffer.concat(Array.from({ length: FRAMES }, () => planes).flat()))
  const yuv = bits === 8 && coding.range === 'pc' ? 'yuvj420p' : 'yuv420p'
  const format = `${isGbr ? 'gbrp' : yuv}${bits === 10 ? '10le' : ''}`
  const input = ['-f', 'rawvideo', '-pix_fmt', format, '-s', `${width}x${height}`, '-r', '25', '-i', raw]
  return studio.make(name, ...input, ...args)
}

/** The colours in the middles of the patches of the last frame. */
export async function patchesOf(file: string, count: number): Promise<Rgb[]> {
  const picture = (await decodeRgb(file)).at(-1)
  if (!picture) throw new Error('no frames')
  const side = picture.width / count
  return Array.from({ length: count }, (_, index) =>
    rgbAt(picture, Math.floor((index + 0.5) * side), SIDE / 2),
  )
}

function bytesOf(lines: readonly (readonly number[])[], bits: 8 | 10): Buffer {
  const values = lines.flat()
  return bits === 8 ? Buffer.from(values) : Buffer.from(Uint16Array.from(values).buffer)
}

/** The samples of a colour in the order of the planes. */
function toSamples(colour: Rgb, { matrix, range = 'tv', bits = 8 }: PatchCoding): readonly number[] {
  const scale = 2 ** (bits - 8)
  const [r, g, b] = [colour[0] / 255, colour[1] / 255, colour[2] / 255]
  const full = 2 ** bits - 1
  if (matrix === 'gbr') return [g, b, r].map((value) => Math.round(value * full))
  const [y, u, v] = matrix === 'ycgco' ? ycgco(r, g, b) : difference([r, g, b], WEIGHTS[matrix] ?? [0, 0])
  const middle = 128 * scale
  return range === 'pc'
    ? [y * full, u * full + middle, v * full + middle].map(Math.round)
    : [(16 + 219 * y) * scale, (128 + 224 * u) * scale, (128 + 224 * v) * scale].map(Math.round)
}

type Difference = readonly [y: number, u: number, v: number]

function difference([r, g, b]: Rgb, [red, blue]: readonly [number, number]): Difference {
  const y = red * r + (1 - red - blue) * g + blue * b
  return [y, (b - y) / (2 * (1 - blue)), (r - y) / (2 * (1 - red))]
}

function ycgco(r: number, g: number, b: number): Difference {
  return [r / 4 + g / 2 + b / 4, g / 2 - r / 4 - b / 4, r / 2 - b / 2]
}
