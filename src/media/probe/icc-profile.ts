import { type Matrix, primariesOfProfile } from '../../plan/colour/primaries.js'
import type { VideoFacts } from '../../plan/model/facts.js'
import { taggedColours } from './colour-codes.js'

export type TaggedColours = Pick<VideoFacts, 'colorPrimaries' | 'colorTransfer'>

const HEADER_BYTES = 128
const TAG_BYTES = 12

/**
 * The colours of an ICC profile (ISO 15076-1) that has a matrix and curves, as those of cameras, phones and screens do.
 * null: it is of another kind, or damaged.
 */
export function readIccProfile(profile: Buffer): TaggedColours | null {
  try {
    if (profile.toString('latin1', 16, 20) !== 'RGB ') return null
    const tags = tagsOf(profile)
    const codes = tags.get('cicp')
    if (codes) return taggedColours(codes.readUInt8(8), codes.readUInt8(9))
    const [red, green, blue] = ['rXYZ', 'gXYZ', 'bXYZ'].map((name) => xyzOf(tags.get(name)))
    const curve = tags.get('gTRC')
    if (!red || !green || !blue || !curve) return null
    const columns: Matrix = [
      [red[0], green[0], blue[0]],
      [red[1], green[1], blue[1]],
      [red[2], green[2], blue[2]],
    ]
    return { colorPrimaries: primariesOfProfile(columns), colorTransfer: transferOf(curve) }
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

function tagsOf(profile: Buffer): ReadonlyMap<string, Buffer> {
  const tags = new Map<string, Buffer>()
  const count = Math.min(profile.readUInt32BE(HEADER_BYTES), 100)
  for (let index = 0; index < count; index += 1) {
    const at = HEADER_BYTES + 4 + index * TAG_BYTES
    const [offset, size] = [profile.readUInt32BE(at + 4), profile.readUInt32BE(at + 8)]
    tags.set(profile.toString('latin1', at, at + 4), profile.subarray(offset, offset + size))
  }
  return tags
}

function xyzOf(tag: Buffer | undefined): readonly [number, number, number] | null {
  return tag ? [fixed(tag, 8), fixed(tag, 12), fixed(tag, 16)] : null
}

function fixed(data: Buffer, at: number): number {
  return data.readInt32BE(at) / 65_536
}

/** The transfer function whose light at half of full scale is the curve's. */
function transferOf(curve: Buffer): string {
  const found = transferOfGamma(Math.log(lightAtHalf(curve)) / Math.log(0.5))
  return found === 'bt470m' && !isPureGamma(curve) ? 'iec61966-2-1' : found
}

/** sRGB, which has no single gamma, is also near to 2.2 in the middle. */
function isPureGamma(curve: Buffer): boolean {
  return curve.toString('latin1', 0, 4) === 'para' ? curve.readUInt16BE(8) === 0 : curve.readUInt32BE(8) === 1
}

/** ffmpeg's name for a gamma, or that of the facts. */
export function transferOfGamma(exponent: number): string {
  if (Math.abs(exponent - 1) < 0.03) return 'linear'
  return Math.abs(exponent - 2.2) < 0.1 ? 'bt470m' : `gamma${exponent.toFixed(1)}`
}

function lightAtHalf(curve: Buffer): number {
  if (curve.toString('latin1', 0, 4) === 'para') return parametricAtHalf(curve)
  const count = curve.readUInt32BE(8)
  if (count === 0) return 0.5
  if (count === 1) return 0.5 ** (curve.readUInt16BE(12) / 256)
  const middle = (count - 1) / 2
  const [below, above] = [Math.floor(middle), Math.ceil(middle)].map((at) => curve.readUInt16BE(12 + 2 * at))
  return ((below ?? 0) + (above ?? 0)) / 2 / 65_535
}

/** Of the parametric curves only the part for bright samples matters at the half. */
function parametricAtHalf(curve: Buffer): number {
  const kind = curve.readUInt16BE(8)
  const exponent = fixed(curve, 12)
  if (kind === 0) return 0.5 ** exponent
  const [scale, shift] = [fixed(curve, 16), fixed(curve, 20)]
  const offset = kind === 2 ? fixed(curve, 24) : kind === 4 ? fixed(curve, 32) : 0
  return (scale * 0.5 + shift) ** exponent + offset
}
