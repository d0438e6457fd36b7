import type { Operation } from '../../edit/operation.js'
import { VIDEO_CODEC_TRAITS } from '../../edit/output/video-codecs.js'
import { toNumber } from '../frames/rational.js'
import type { VideoFacts } from '../model/facts.js'
import type { FilmCoding } from '../model/plan.js'
import { traitsOf } from '../ops/operation-traits.js'
import { LOOKAHEAD_BYTES_PER_PIXEL } from '../renditions/coding.js'
import { SOUND_COST } from '../renditions/compile-rendition.js'
import type { Film, FilmGroup } from './film-groups.js'
import type { RenditionWork, Work } from './layout.js'

/** Cost of decoding a megapixel and of usual edits, where encoding one costs 1. */
const EDIT_COST = 0.15

/** Memory for decoding and editing, measured on sources of 1080p and 2160p with two overlays. */
const EDIT_BYTES_PER_PIXEL = 50

/**
 * The work of rendering films of equal length. It counts one pass of sound, though there are more if the sound is
 * coded in several ways. Operations are priced at the size and the length of the source.
 */
export function workOf(films: FilmGroup, video: VideoFacts, operations: readonly Operation[]): Work {
  const [{ compiled, picture, coding }] = films
  const { audio, expected } = compiled.pass.encodes[0]
  const { durationSec } = expected
  const pixels = video.width * video.height
  const costs = operations.map((op) => traitsOf(op).costPerMegapixel ?? 0)
  const editCost = costs.reduce((sum, cost) => sum + cost, EDIT_COST)
  return {
    renditions: films.map(renditionWork),
    editCost: (editCost * pixels * durationSec * toNumber(video.frameRate)) / 1e6,
    editBytes: EDIT_BYTES_PER_PIXEL * pixels,
    soundCost: audio ? SOUND_COST * durationSec * (1 + (audio.furtherPads?.length ?? 0)) : 0,
    gops: Math.ceil(picture.frameCount / coding.gopFrames),
    durationSec,
  }
}

export function renditionWork({ compiled, picture, coding }: Film): RenditionWork {
  return {
    encodeCost: compiled.pass.cost,
    encodeBytes: encoderBytesPerPixel(coding) * picture.width * picture.height,
  }
}

function encoderBytesPerPixel({ codec, preset, lookaheadFrames }: FilmCoding): number {
  const { bytesPerPixel, lookahead } = VIDEO_CODEC_TRAITS[codec]
  const frames = lookahead ? (lookaheadFrames ?? lookahead[preset]) : 0
  return bytesPerPixel + LOOKAHEAD_BYTES_PER_PIXEL * frames
}
