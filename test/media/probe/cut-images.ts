import { deflateSync } from 'node:zlib'

/** Small image files by hand, of which a test can make every chunk shorter than its fields. */

export interface Part {
  readonly type: string
  readonly data: Buffer
}

/** A PNG; the checksums are not right, and nothing looks at them before the pixels are decoded. */
export function png(parts: readonly Part[]): Buffer {
  const chunks = parts.map(({ type, data }) =>
    Buffer.concat([uint32('BE', data.length), Buffer.from(type, 'latin1'), data, Buffer.alloc(4)]),
  )
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...chunks])
}

export function webp(parts: readonly Part[]): Buffer {
  const chunks = parts.map(({ type, data }) =>
    Buffer.concat([
      ...[Buffer.from(type, 'latin1'), uint32('LE', data.length), data],
      Buffer.alloc(data.length & 1),
    ]),
  )
  const body = Buffer.concat([Buffer.from('WEBP', 'latin1'), ...chunks])
  return Buffer.concat([Buffer.from('RIFF', 'latin1'), uint32('LE', body.length), body])
}

/** EXIF, and a whole TIFF file, that says how the picture is turned. */
export const TIFF = Buffer.concat([
  ...[Buffer.from('II*\0', 'latin1'), uint32('LE', 8), uint16(1)],
  ...[uint16(0x0112), uint16(3), uint32('LE', 1), uint16(6), uint16(0), uint32('LE', 0)],
])

export const GIF = Buffer.concat([
  Buffer.from('GIF89a\x02\0\x02\0\0\0\0!\xff\x0bNETSCAPE2.0\x03\x01', 'latin1'),
  uint16(4),
  Buffer.alloc(2),
])

/** A profile of a screen: a matrix and a parametric curve. */
const ICC = (() => {
  const names = ['rXYZ', 'gXYZ', 'bXYZ', 'gTRC']
  const first = 128 + 4 + 12 * names.length
  const header = Buffer.alloc(128)
  header.write('RGB ', 16, 'latin1')
  const tags = names.map((name, index) =>
    Buffer.concat([Buffer.from(name, 'latin1'), uint32('BE', first + 20 * index), uint32('BE', 20)]),
  )
  const xyz = Buffer.concat([Buffer.from('XYZ \0\0\0\0', 'latin1'), Buffer.alloc(12, 1)])
  const curve = Buffer.concat([
    Buffer.from('para\0\0\0\0\0\0\0\0', 'latin1'),
    Buffer.from('00023333', 'hex'),
    Buffer.alloc(4),
  ])
  return Buffer.concat([header, uint32('BE', names.length), ...tags, xyz, xyz, xyz, curve])
})()

export const PNG_PARTS: readonly Part[] = [
  { type: 'IHDR', data: Buffer.alloc(13) },
  { type: 'acTL', data: Buffer.from('0000000300000002', 'hex') },
  { type: 'eXIf', data: TIFF },
  { type: 'cICP', data: Buffer.from('09100001', 'hex') },
  { type: 'iCCP', data: Buffer.concat([Buffer.from('p\0\0', 'latin1'), deflateSync(ICC)]) },
  { type: 'cHRM', data: Buffer.alloc(32, 1) },
  { type: 'gAMA', data: Buffer.from('0000b18f', 'hex') },
  { type: 'IDAT', data: Buffer.alloc(0) },
]

/** An animation of two frames of 40 ms and 60 ms, 3 by 2 pixels. */
export const WEBP_PARTS: readonly Part[] = [
  { type: 'VP8X', data: Buffer.from('02000000020000010000', 'hex') },
  { type: 'ICCP', data: ICC },
  { type: 'ANIM', data: Buffer.alloc(6) },
  { type: 'ANMF', data: Buffer.from('00000000000002000001000028000000', 'hex') },
  { type: 'ANMF', data: Buffer.from('0000000000000200000100003c000000', 'hex') },
  { type: 'EXIF', data: TIFF },
]

/** The file with one chunk that has only its first bytes, for each chunk and each number of bytes. */
export function shortened(parts: readonly Part[], make: (parts: readonly Part[]) => Buffer): Buffer[] {
  return parts.flatMap((part, at) =>
    lengthsBelow(part.data.length).map((length) =>
      make(parts.with(at, { ...part, data: part.data.subarray(0, length) })),
    ),
  )
}

/** The file cut off after each of its bytes. */
export function cutOff(file: Buffer): Buffer[] {
  return lengthsBelow(file.length).map((length) => file.subarray(0, length))
}

/** All lengths of short data, and every fifth of the rest. */
function lengthsBelow(count: number): number[] {
  return Array.from({ length: count }, (_, length) => length).filter(
    (length) => length < 40 || length % 5 === 0,
  )
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}

function uint32(order: 'LE' | 'BE', value: number): Buffer {
  const bytes = Buffer.alloc(4)
  if (order === 'LE') bytes.writeUInt32LE(value)
  else bytes.writeUInt32BE(value)
  return bytes
}
