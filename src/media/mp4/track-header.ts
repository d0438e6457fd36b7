import type { CodePoints, TrackHeader } from '../../plan/derive/track-header.js'
import { BOX_HEADER_BYTES, contentsOf, findBoxes, listBoxes, type TypedBox } from './boxes.js'
import { av1Codec, avcCodec, hevcCodec, mp4aCodec, vp9Codec } from './codec-strings.js'

/** Path to the descriptions of a track's samples. */
const DESCRIPTIONS = ['moov', 'trak', 'mdia', 'minf', 'stbl', 'stsd'] as const

/**
 * Reads from the initialisation segment of a track what manifests say of it.
 * @returns null when it has no track, or one of an unknown codec
 */
export function readTrackHeader(init: Buffer): TrackHeader | null {
  const stsd = findBoxes(init, DESCRIPTIONS)?.at(-1)
  const [entry] = stsd ? listBoxes(init, contentsOf({ ...stsd, type: 'stsd' })) : []
  if (!entry) return null
  const colour = readColour(init, entry)
  const codecs = codecOf(init, entry, colour)
  return codecs === null ? null : { codecs, colour }
}

/** The codec by RFC 6381: the sample entry, and what its record of the codec says. */
function codecOf(init: Buffer, entry: TypedBox, colour: CodePoints | null): string | null {
  const record = (type: string) => contents(init, entry, type)
  switch (entry.type) {
    case 'avc1':
      return avcCodec(entry.type, record('avcC'))
    case 'hvc1':
    case 'hev1':
      return hevcCodec(entry.type, record('hvcC'))
    case 'av01':
      return av1Codec(record('av1C'), colour)
    case 'vp09':
      return vp9Codec(record('vpcC'))
    case 'mp4a':
      return mp4aCodec(record('esds'))
    case 'Opus':
      return record('dOps') && 'Opus'
    case 'fLaC':
      return record('dfLa') && 'fLaC'
    default:
      return null
  }
}

/** The colours of a picture: a box `colr` of the kind `nclx` (ISO/IEC 14496-12, 12.1.5). */
function readColour(init: Buffer, entry: TypedBox): CodePoints | null {
  const box = contents(init, entry, 'colr')
  if (!box || box.length < 11 || box.toString('latin1', 0, 4) !== 'nclx') return null
  return {
    primaries: box.readUInt16BE(4),
    transfer: box.readUInt16BE(6),
    matrix: box.readUInt16BE(8),
    isFullRange: ((box[10] ?? 0) & 0x80) !== 0,
  }
}

function contents(init: Buffer, entry: TypedBox, type: string): Buffer | null {
  const box = listBoxes(init, contentsOf(entry)).find((one) => one.type === type)
  return box ? init.subarray(box.start + BOX_HEADER_BYTES, box.end) : null
}
