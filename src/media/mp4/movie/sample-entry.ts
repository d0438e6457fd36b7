import type { Size } from '../../../plan/model/size.js'
import { mp4aCodec } from '../codec-strings.js'
import { findInner, type InnerBox, innerBoxes, plainTable } from './inner-boxes.js'
import { ensure, known } from './known-form.js'

/** A codec as ffmpeg calls it, and the box that a decoder needs to begin. */
interface Coding {
  readonly codec: string
  readonly record: string
}

const HEVC: Coding = { codec: 'hevc', record: 'hvcC' }

/** Codecs of pictures by their sample entries. */
const PICTURES: ReadonlyMap<string, Coding> = new Map([
  ['avc1', { codec: 'h264', record: 'avcC' }],
  ['hvc1', HEVC],
  ['hev1', HEVC],
  ['av01', { codec: 'av1', record: 'av1C' }],
  ['vp09', { codec: 'vp9', record: 'vpcC' }],
])

/** Those of sound, but for AAC. */
const SOUNDS: ReadonlyMap<string, Coding> = new Map([
  ['Opus', { codec: 'opus', record: 'dOps' }],
  ['fLaC', { codec: 'flac', record: 'dfLa' }],
])

/** Kinds of AAC that ffmpeg calls so: LC, and that with SBR. */
const AAC = ['mp4a.40.2', 'mp4a.40.5']

/** Bytes of the fields of a sample entry before the boxes inside (ISO/IEC 14496-12, 12.1.3, 12.2.3). */
const PICTURE_FIELDS = 78
const SOUND_FIELDS = 28

/** Fields that QuickTime adds in its version 1 of sound. */
const MORE_SOUND_FIELDS = 16

export interface PictureEntry extends Size {
  readonly codec: string
}

/** @throws UnknownForm when it is not one picture with square pixels, shown whole, of a known codec */
export function readPictureEntry(stbl: readonly InnerBox[]): PictureEntry {
  const { type, contents } = oneEntry(stbl)
  const { codec, record } = known(PICTURES.get(type), `pictures ${type}`)
  ensure(contents.length >= PICTURE_FIELDS, 'a box that is cut off')
  const inside = innerBoxes(contents.subarray(PICTURE_FIELDS))
  ensure(findInner(inside, record) !== null, 'a picture without the record of its codec')
  ensure(findInner(inside, 'clap') === null, 'a picture that is cropped')
  const shape = known(findInner(inside, 'pasp'), 'no shape of pixels')
  ensure(shape.length >= 8 && shape.readUInt32BE(0) === shape.readUInt32BE(4), 'pixels that are not square')
  return { codec, width: contents.readUInt16BE(24), height: contents.readUInt16BE(26) }
}

/** The codec of a sound track. @throws UnknownForm when it is another one, or has no channels */
export function readSoundEntry(stbl: readonly InnerBox[]): string {
  const { type, contents } = oneEntry(stbl)
  ensure(contents.length >= SOUND_FIELDS, 'a box that is cut off')
  const version = contents.readUInt16BE(8)
  ensure(version <= 1 && contents.readUInt16BE(16) > 0, 'sound of another form')
  const inside = innerBoxes(contents.subarray(SOUND_FIELDS + version * MORE_SOUND_FIELDS))
  if (type !== 'mp4a') {
    const { codec, record } = known(SOUNDS.get(type), `sound ${type}`)
    ensure(findInner(inside, record) !== null, 'sound without the record of its codec')
    return codec
  }
  // QuickTime has it in a box of its own.
  const wave = findInner(inside, 'wave')
  const codec = mp4aCodec(findInner(wave ? innerBoxes(wave) : inside, 'esds'))
  ensure(codec !== null && AAC.includes(codec), `sound ${codec}`)
  return 'aac'
}

/** @throws UnknownForm when samples are described in more than one way */
function oneEntry(stbl: readonly InnerBox[]): InnerBox {
  const box = known(findInner(stbl, 'stsd'), 'no box stsd')
  ensure(plainTable(box, 0).rows === 1, 'samples of several kinds')
  const [entry] = innerBoxes(box.subarray(8))
  return known(entry, 'samples of no kind')
}
