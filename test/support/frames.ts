import { ffmpeg, ffprobe, NUMBER_BITS, STRIP_HEIGHT } from './lavfi.js'

/** A decoded picture, its samples row by row. */
export interface Picture {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

export type Rgb = readonly [red: number, green: number, blue: number]

/** All frames of a file as brightness, 0 to 255, in display order, with none doubled or dropped. */
export async function decodeGray(file: string): Promise<Picture[]> {
  return decode(file, ['format=yuv420p', 'extractplanes=y', 'format=gray'], 'pgm')
}

/** The first frame, or the only one, in grey. */
export async function firstGray(file: string): Promise<Picture> {
  const [picture] = await decodeGray(file)
  if (!picture) throw new Error(`${file} has no frames`)
  return picture
}

/** All frames as a player shows them. */
export async function decodeRgb(file: string): Promise<Picture[]> {
  return decode(file, ['scale=flags=accurate_rnd+full_chroma_int', 'format=rgb24'], 'ppm')
}

/** The output has netpbm pictures one after another, which state their size. */
async function decode(file: string, filters: readonly string[], codec: 'pgm' | 'ppm'): Promise<Picture[]> {
  const data = await ffmpeg(
    ...['-i', file, '-map', '0:v:0', '-vf', filters.join(','), '-fps_mode', 'passthrough'],
    ...['-c:v', codec, '-f', 'image2pipe', 'pipe:1'],
  )
  const pictures: Picture[] = []
  for (let offset = 0; offset < data.length;) {
    const header = /^P[56]\s(\d+)\s(\d+)\s255\s/.exec(data.toString('latin1', offset, offset + 32))
    if (!header) throw new Error(`${file}: no picture at byte ${offset}`)
    const [width, height] = [Number(header[1]), Number(header[2])]
    const start = offset + header[0].length
    offset = start + width * height * (codec === 'ppm' ? 3 : 1)
    pictures.push({ width, height, data: data.subarray(start, offset) })
  }
  return pictures
}

interface Packet {
  readonly sec: number
  readonly isKey: boolean
}

/** The frames of a file in display order. */
async function listPackets(file: string): Promise<Packet[]> {
  const entries = ['-select_streams', 'v:0', '-show_entries', 'packet=pts_time,flags', '-of', 'csv=p=0']
  return (await ffprobe(...entries, file))
    .split('\n')
    .filter((line) => /^\d/.test(line))
    .map((line) => ({ sec: Number.parseFloat(line), isKey: line.includes('K') }))
    .sort((a, b) => a.sec - b.sec)
}

/** The start of each frame in seconds. */
export async function frameTimes(file: string): Promise<number[]> {
  return (await listPackets(file)).map(({ sec }) => sec)
}

export async function keyFrameTimes(file: string): Promise<number[]> {
  return (await listPackets(file)).flatMap(({ sec, isKey }) => (isKey ? [sec] : []))
}

export function rgbAt({ width, data }: Picture, x: number, y: number): Rgb {
  const offset = (y * width + x) * 3
  return [data[offset] ?? NaN, data[offset + 1] ?? NaN, data[offset + 2] ?? NaN]
}

/** The first sample of a pixel: its brightness, or its red in a picture in colours. */
export function grayAt({ width, height, data }: Picture, x: number, y: number): number {
  return data[(y * width + x) * (data.length / (width * height))] ?? NaN
}

interface StripPlace {
  readonly x?: number
  readonly y?: number
  readonly width?: number
  readonly height?: number
}

/** The number that a frame of `numberedVideo` carries; null where there is none. */
export function readNumber(picture: Picture, place: StripPlace = {}): number | null {
  const { x = 0, y = 0, width = picture.width, height = STRIP_HEIGHT } = place
  let number = 0
  for (let bit = 0; bit < NUMBER_BITS; bit += 1) {
    const column = x + Math.floor(((bit + 0.5) * width) / NUMBER_BITS)
    const [upper, lower] = [0.25, 0.75].map((row) => grayAt(picture, column, y + Math.floor(height * row)))
    if (upper === undefined || lower === undefined || Math.abs(upper - lower) < 100) return null
    if (upper > lower) number += 2 ** bit
  }
  return number
}

export async function readNumbers(file: string): Promise<(number | null)[]> {
  return (await decodeGray(file)).map((picture) => readNumber(picture))
}

export interface Box {
  readonly left: number
  readonly top: number
  /** Exclusive. */
  readonly right: number
  readonly bottom: number
}

/** The smallest box around all pixels of a picture that differ from those of another one by more than `noise`. */
export function differenceBox(
  a: Picture,
  b: Picture,
  noise: number,
  within: Box = { left: 0, top: 0, right: a.width, bottom: a.height },
): Box | null {
  const channels = a.data.length / (a.width * a.height)
  let [left, top, right, bottom] = [Infinity, Infinity, -1, -1]
  a.data.forEach((value, index) => {
    if (Math.abs(value - (b.data[index] ?? NaN)) <= noise) return
    const pixel = Math.floor(index / channels)
    const [x, y] = [pixel % a.width, Math.floor(pixel / a.width)]
    if (x < within.left || x >= within.right || y < within.top || y >= within.bottom) return
    left = Math.min(left, x)
    top = Math.min(top, y)
    right = Math.max(right, x + 1)
    bottom = Math.max(bottom, y + 1)
  })
  return right < 0 ? null : { left, top, right, bottom }
}
