import { readFile, writeFile } from 'node:fs/promises'
import { deflateSync } from 'node:zlib'

type Xyz = readonly [number, number, number]

/** Red, green and blue of profiles, adapted to D50. */
export const PROFILES = {
  'Display P3': [
    [0.51512, 0.2412, -0.00105],
    [0.29198, 0.69225, 0.04189],
    [0.1571, 0.06657, 0.78407],
  ],
  'Adobe RGB (1998)': [
    [0.60974, 0.31111, 0.01947],
    [0.20528, 0.62567, 0.06087],
    [0.14919, 0.06322, 0.74457],
  ],
  sRGB: [
    [0.43607, 0.22249, 0.01392],
    [0.38515, 0.71687, 0.09708],
    [0.14307, 0.06061, 0.7141],
  ],
} as const satisfies Record<string, readonly [Xyz, Xyz, Xyz]>

export type ProfileName = keyof typeof PROFILES

/** A profile with a matrix and a curve: a gamma of 2.2 for Adobe RGB, that of sRGB for the others. */
export function iccProfile(name: ProfileName): Buffer {
  const points = PROFILES[name].map((xyz) => Buffer.concat([tag('XYZ '), ...xyz.map(fixed)]))
  const curve = name === 'Adobe RGB (1998)' ? gammaCurve(2.2) : SRGB_CURVE
  const contents = [...points, curve]
  const names = ['rXYZ', 'gXYZ', 'bXYZ', 'rTRC', 'gTRC', 'bTRC']
  let offset = 128 + 4 + names.length * 12
  const places = contents.map((content) => {
    const place = [uint32(offset), uint32(content.length)]
    offset += content.length
    return Buffer.concat(place)
  })
  const table = names.map((name, index) =>
    Buffer.concat([Buffer.from(name), places[Math.min(index, 3)] ?? Buffer.of()]),
  )
  const header = Buffer.alloc(128)
  header.writeUInt32BE(offset, 0)
  header.write('mntrRGB XYZ ', 12, 'latin1')
  header.write('acsp', 36, 'latin1')
  return Buffer.concat([header, uint32(names.length), ...table, ...contents])
}

function gammaCurve(gamma: number): Buffer {
  return Buffer.concat([tag('curv'), uint32(1), uint16(Math.round(gamma * 256)), uint16(0)])
}

/** The parametric curve of kind 3. */
const SRGB_CURVE = Buffer.concat([
  ...[tag('para'), uint16(3), uint16(0)],
  ...[2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045].map(fixed),
])

/** Puts chunks into a PNG, before its pixels and in place of what it says of its colours. */
export async function tagPng(path: string, chunks: Readonly<Record<string, Buffer>>): Promise<string> {
  const file = await readFile(path)
  const kept: Buffer[] = [file.subarray(0, 8)]
  for (let offset = 8; offset < file.length;) {
    const end = offset + 12 + file.readUInt32BE(offset)
    const type = file.toString('latin1', offset + 4, offset + 8)
    if (!['cICP', 'iCCP', 'sRGB', 'gAMA', 'cHRM'].includes(type)) kept.push(file.subarray(offset, end))
    if (type === 'IHDR') kept.push(...Object.entries(chunks).map(([name, data]) => pngChunk(name, data)))
    offset = end
  }
  await writeFile(path, Buffer.concat(kept))
  return path
}

export function pngProfile(profile: Buffer): Buffer {
  return Buffer.concat([Buffer.from('profile\0\0'), deflateSync(profile)])
}

/** Puts a profile into a JPEG, in two segments. */
export async function tagJpeg(path: string, profile: Buffer): Promise<string> {
  const file = await readFile(path)
  const half = Math.ceil(profile.length / 2)
  const segments = [profile.subarray(0, half), profile.subarray(half)].map((data, index) => {
    const body = Buffer.concat([Buffer.from('ICC_PROFILE\0'), Buffer.of(index + 1, 2), data])
    return Buffer.concat([Buffer.of(0xff, 0xe2), uint16(body.length + 2), body])
  })
  await writeFile(path, Buffer.concat([file.subarray(0, 2), ...segments, file.subarray(2)]))
  return path
}

/** Puts a profile into a WebP that has only its pixels. */
export async function tagWebp(
  path: string,
  profile: Buffer,
  { width, height }: { width: number; height: number },
) {
  const file = await readFile(path)
  const header = Buffer.alloc(10)
  header.writeUInt8(0x20, 0)
  header.writeUIntLE(width - 1, 4, 3)
  header.writeUIntLE(height - 1, 7, 3)
  const pixels = file.toString('latin1', 12, 16) === 'VP8X' ? file.subarray(30) : file.subarray(12)
  const body = Buffer.concat([
    Buffer.from('WEBP'),
    riffChunk('VP8X', header),
    riffChunk('ICCP', profile),
    pixels,
  ])
  await writeFile(path, riffChunk('RIFF', body))
  return path
}

function riffChunk(type: string, data: Buffer): Buffer {
  const size = Buffer.alloc(4)
  size.writeUInt32LE(data.length)
  return Buffer.concat([Buffer.from(type), size, data, Buffer.alloc(data.length & 1)])
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data])
  return Buffer.concat([uint32(data.length), body, uint32(crc32(body))])
}

/** As PNG has it, annex D. */
function crc32(data: Buffer): number {
  let crc = 0xff_ff_ff_ff
  for (const byte of data) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xed_b8_83_20 : crc >>> 1
  }
  return (crc ^ 0xff_ff_ff_ff) >>> 0
}

function tag(type: string): Buffer {
  return Buffer.concat([Buffer.from(type), Buffer.alloc(4)])
}

function fixed(value: number): Buffer {
  const data = Buffer.alloc(4)
  data.writeInt32BE(Math.round(value * 65_536))
  return data
}

export function uint32(value: number): Buffer {
  const data = Buffer.alloc(4)
  data.writeUInt32BE(value)
  return data
}

function uint16(value: number): Buffer {
  const data = Buffer.alloc(2)
  data.writeUInt16BE(value)
  return data
}
