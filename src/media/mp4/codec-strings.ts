import { type CodePoints, HLG_TRANSFER, PQ_TRANSFER } from '../../plan/derive/track-header.js'

/**
 * The names of codecs by RFC 6381, from the records that describe them in MP4. Players ask the browser whether it plays
 * a name before they load anything, and a name without profile and level is refused. null: the record is too short.
 */

/** `avc1.64001f`: profile, constraints and level (ISO/IEC 14496-15, 5.3.3.1). */
export function avcCodec(entry: string, record: Buffer | null): string | null {
  return record && record.length >= 4 ? `${entry}.${record.toString('hex', 1, 4)}` : null
}

/** `hvc1.1.6.L93.90`: profile, compatible profiles, tier and level, constraints (ISO/IEC 14496-15, E.3). */
export function hevcCodec(entry: string, record: Buffer | null): string | null {
  if (!record || record.length < 13) return null
  const general = record.readUInt8(1)
  const space = ['', 'A', 'B', 'C'][general >> 6] ?? ''
  const tier = (general & 0x20) === 0 ? 'L' : 'H'
  const constraints = [...record.subarray(6, 12)]
  while (constraints.at(-1) === 0) constraints.pop()
  return [
    entry,
    `${space}${general & 0x1f}`,
    reversed(record.readUInt32BE(2)).toString(16).toUpperCase(),
    `${tier}${record.readUInt8(12)}`,
    ...constraints.map((byte) => byte.toString(16).toUpperCase()),
  ].join('.')
}

/** The same 32 bits, the last one first. */
function reversed(bits: number): number {
  return Number.parseInt(bits.toString(2).padStart(32, '0').split('').reverse().join(''), 2)
}

/** `av01.0.04M.10`: profile, level, tier and bit depth (https://aomediacodec.github.io/av1-isobmff/#codecsparam). */
export function av1Codec(record: Buffer | null, colour: CodePoints | null): string | null {
  if (!record || record.length < 4) return null
  const [profileAndLevel, flags] = [record.readUInt8(1), record.readUInt8(2)]
  const profile = profileAndLevel >> 5
  const has = (bit: number) => (flags & bit) !== 0
  const depth = has(0x40) ? (profile === 2 && has(0x20) ? 12 : 10) : 8
  const tier = has(0x80) ? 'H' : 'M'
  const subsampling = `${Number(has(0x08))}${Number(has(0x04))}${flags & 0x03}`
  return [
    `av01.${profile}.${digits(profileAndLevel & 0x1f)}${tier}.${digits(depth)}`,
    ...(colour && isHdr(colour)
      ? [Number(has(0x10)), subsampling, ...codePoints(colour), Number(colour.isFullRange)]
      : []),
  ].join('.')
}

/** `vp09.00.10.08`: profile, level and bit depth (https://www.webmproject.org/vp9/mp4/#codecs-parameter-string). */
export function vp9Codec(box: Buffer | null): string | null {
  if (!box || box.length < 10) return null
  const [profile, level, picture] = [box.readUInt8(4), box.readUInt8(5), box.readUInt8(6)]
  const colour: CodePoints = {
    primaries: box.readUInt8(7),
    transfer: box.readUInt8(8),
    matrix: box.readUInt8(9),
    isFullRange: (picture & 1) !== 0,
  }
  const chroma = (picture >> 1) & 0x07
  return [
    `vp09.${digits(profile)}.${digits(level)}.${digits(picture >> 4)}`,
    ...(isHdr(colour) ? [digits(chroma), ...codePoints(colour), digits(Number(colour.isFullRange))] : []),
  ].join('.')
}

/** What is optional at the end of a name matters only where it is not BT.709. Then all of it is there. */
function isHdr({ transfer }: CodePoints): boolean {
  return transfer === PQ_TRANSFER || transfer === HLG_TRANSFER
}

function codePoints({ primaries, transfer, matrix }: CodePoints): string[] {
  return [primaries, transfer, matrix].map(digits)
}

function digits(number: number): string {
  return String(number).padStart(2, '0')
}

/** Tags of descriptors in MPEG-4 (ISO/IEC 14496-1, 7.2.2.1). */
const ES_DESCRIPTOR = 3
const DECODER_CONFIG = 4
const DECODER_SPECIFIC = 5

/** Fields of a descriptor before the descriptors inside. */
const ES_FIELDS = 3
const CONFIG_FIELDS = 13

/** The object type that stands for a number of 6 more bits. */
const ESCAPED_TYPE = 31

/** `mp4a.40.2`: the kind of stream, and of AAC. */
export function mp4aCodec(box: Buffer | null): string | null {
  const stream = box && openDescriptor(box.subarray(4), ES_DESCRIPTOR)
  const config = stream && openDescriptor(stream.subarray(ES_FIELDS), DECODER_CONFIG)
  const specific = config && openDescriptor(config.subarray(CONFIG_FIELDS), DECODER_SPECIFIC)
  if (!config || config.length < 1 || !specific || specific.length < 2) return null
  const bits = specific.readUInt16BE(0)
  const short = bits >> 11
  const type = short === ESCAPED_TYPE ? 32 + ((bits >> 5) & 0x3f) : short
  return `mp4a.${config.readUInt8(0).toString(16).toUpperCase()}.${type}`
}

/** The contents of a descriptor: a tag, a length of 7 bits a byte, and then the contents. null: it is another one. */
function openDescriptor(bytes: Buffer, tag: number): Buffer | null {
  if (bytes[0] !== tag) return null
  let length = 0
  for (let at = 1; at <= 4; at += 1) {
    const byte = bytes[at] ?? 0
    length = length * 128 + (byte & 0x7f)
    if ((byte & 0x80) === 0) return bytes.subarray(at + 1, at + 1 + length)
  }
  return null
}
