import type { AudioChoice } from '../../edit/fields/audio-choice.js'
import { toNumber } from '../frames/rational.js'
import type { MediaFacts, VideoFacts } from '../model/facts.js'
import { SOURCE_TRAITS, type SourceTrait, type Warning } from '../model/plan.js'
import { chosenTrack } from './audio-track.js'
import { colorSpaceOf, isHdr } from './color-space.js'
import { describeDamage } from './damage.js'
import { RUN_UP_SEC } from './open-video.js'
import { type PictureForm, standardForm } from './picture-form.js'
import { isTransparent } from './picture-input.js'
import { bitDepth, hasFineChroma } from './pixel-format.js'
import { heldUntilSec } from './still-picture.js'

/** A message for each trait that holds; null for the others. */
type Remarks = Partial<Record<SourceTrait, string | null>>

/** How an edit uses a source. */
interface Use {
  /** null: the default track. */
  readonly audio: AudioChoice | null
  readonly isDeinterlaced: boolean
  /** Of the renditions' pictures; none: the standard one. */
  readonly forms: readonly PictureForm[]
}

/** What the opening of a source changes of it, for the user to know. */
export function sourceWarnings(facts: MediaFacts, { audio, isDeinterlaced, forms }: Use): Warning[] {
  const { video } = facts
  const remarks: Remarks = {
    ...(video && {
      ...shapeRemarks(video),
      ...timeRemarks(facts, video, isDeinterlaced),
      ...colourRemarks(video, forms.length > 0 ? forms : [standardForm(video)]),
    }),
    ...soundRemarks(facts, audio),
    'source-damaged': describeDamage(facts),
  }
  return SOURCE_TRAITS.flatMap((code) => {
    const message = remarks[code]
    return message ? [{ code, message }] : []
  })
}

function shapeRemarks(video: VideoFacts): Remarks {
  const {
    rotation,
    sampleAspect: { num, den },
    width,
    height,
  } = video
  return {
    rotated: rotation === 0 ? null : `The picture is turned upright by ${rotation}°, as its file asks.`,
    'non-square-pixels':
      num === den ? null : `Pixels of ${num}:${den} are made square: the picture is ${width}×${height}.`,
    'odd-size':
      width % 2 === 0 && height % 2 === 0
        ? null
        : `The picture of ${width}×${height} is scaled to even sides.`,
  }
}

function timeRemarks(facts: MediaFacts, video: VideoFacts, isDeinterlaced: boolean): Remarks {
  const rate = toNumber(video.frameRate).toFixed(2)
  const isInterlaced = video.fieldOrder !== null && /^[tb][tb]$/.test(video.fieldOrder)
  const lateSec = video.startSec - facts.startSec
  const heldSec = heldUntilSec(facts, video)
  return {
    'still-picture':
      heldSec === null ? null : `The last frame is held for as long as the sound, ${heldSec.toFixed(2)} s.`,
    'variable-frame-rate': video.isVariableRate
      ? `The frame rate varies: frames are shown at a constant ${rate} a second.`
      : null,
    'interlaced-source':
      isInterlaced && !isDeinterlaced
        ? 'The picture is interlaced: the operation "deinterlace" removes the combs.'
        : null,
    'late-video':
      lateSec > RUN_UP_SEC
        ? `The picture starts ${lateSec.toFixed(2)} s late: its first frame is held.`
        : null,
  }
}

function colourRemarks(video: VideoFacts, forms: readonly PictureForm[]): Remarks {
  const { pixelFormat } = video
  const bits = bitDepth(pixelFormat)
  const isReduced = bits > 8 && forms.some((form) => form.pixelFormat === 'yuv420p')
  const isMapped = isHdr(video) && forms.some(({ colorSpace }) => colorSpace === colorSpaceOf(video))
  const hindrance = forms.find((form) => form.hindrance !== null)?.hindrance
  const since = hindrance ? `, since "${hindrance}" is made for that` : ''
  return {
    'high-bit-depth': isReduced ? `The picture of ${bits} bits is rendered with 8${since}.` : null,
    'chroma-subsampled': hasFineChroma(pixelFormat)
      ? `Colours of ${pixelFormat} are rendered as 4:2:0.`
      : null,
    'alpha-flattened': isTransparent(video) ? 'What is transparent is shown on black.' : null,
    'hdr-tone-mapped': isMapped ? `High dynamic range is mapped to the standard one (BT.709)${since}.` : null,
  }
}

function soundRemarks({ audio, startSec }: MediaFacts, choice: AudioChoice | null): Remarks {
  const track = chosenTrack(audio, choice)
  if (!track) return {}
  const lateSec = track.startSec - startSec
  const isUnchosen = audio.length > 1 && !choice
  return {
    'late-audio':
      lateSec > RUN_UP_SEC
        ? `The sound starts ${lateSec.toFixed(2)} s late: silence is put before it.`
        : null,
    'channels-downmixed':
      track.channels > 2
        ? `${track.channels} channels (${track.channelLayout ?? 'unknown layout'}) are mixed down to stereo.`
        : null,
    'several-audio-tracks': isUnchosen
      ? `Of ${audio.length} sound tracks number ${audio.indexOf(track)} is used: "audio" chooses another.`
      : null,
  }
}
