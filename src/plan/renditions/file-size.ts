import { VIDEO_CODEC_TRAITS } from '../../edit/output/video-codecs.js'
import { SAMPLE_RATE } from '../frames/sound-grid.js'
import type { DecodedSound } from '../model/copies.js'
import { type Encode, isFilmCoding } from '../model/encode.js'
import type { Pass, Plan } from '../model/plan.js'

/** Upper bound of a file's size in bytes, from the caps of its bit rates; null: picture or sound have no cap. */
export function maxSizeBytes({ video, audio, expected }: Encode): number | null {
  const coding = video?.coding
  const pictures = coding ? (isFilmCoding(coding) ? coding.maxBitRate : null) : 0
  const sound = audio ? audio.coding.bitRate : 0
  if (pictures === null || sound === null) return null
  return Math.ceil(((pictures + sound) * expected.durationSec) / 8)
}

/** Bits per pixel and second of an animation or image: 0.1 per pixel, at 30 frames per second. */
const IMAGE_BITS_PER_PIXEL_SEC = 3

/** Bits per second of sound without a bit rate: two channels of 16 bits. */
const SOUND_BIT_RATE = 1_536_000

/** Estimate of the bytes that files will take, to ask for room before they are made. */
function estimateBytes(encodes: readonly Encode[]): number {
  return encodes.reduce((sum, encode) => sum + (maxSizeBytes(encode) ?? guessBytes(encode)), 0)
}

/** Bytes of the files that a pass puts into its work folder: those that it makes, and sound that is decoded beforehand. */
export function estimatePassBytes({ encodes, inputs }: Pick<Pass, 'encodes' | 'inputs'>): number {
  return inputs.reduce((sum, { sound }) => sum + (sound ? decodedBytes(sound) : 0), estimateBytes(encodes))
}

/** The same for all passes of a plan. What is copied from the source takes no more than the source. */
export function estimatePlanBytes({ passes, assemblies }: Plan, sourceBytes: number): number {
  const copies = assemblies.filter(({ copies: copied }) => copied).length
  return passes.reduce((sum, pass) => sum + estimatePassBytes(pass), copies * sourceBytes)
}

/** Samples of 32 bits: DECODED_ENCODER. */
function decodedBytes({ durationSec, channels = 2 }: DecodedSound): number {
  return Math.ceil(durationSec * SAMPLE_RATE * channels * 4)
}

function guessBytes({ video, expected: { picture, durationSec, soundCount = 1 } }: Encode): number {
  const coding = video?.coding
  const bits =
    coding && isFilmCoding(coding)
      ? VIDEO_CODEC_TRAITS[coding.codec].bitsPerPixelSec
      : IMAGE_BITS_PER_PIXEL_SEC
  const pictures = picture ? picture.width * picture.height * bits : 0
  return Math.ceil(((pictures + SOUND_BIT_RATE * soundCount) * durationSec) / 8)
}
