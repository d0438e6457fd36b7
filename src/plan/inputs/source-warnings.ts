import { type AudioChoice, namesTrack } from '../../edit/fields/audio-choice.js'
import { listed } from '../../edit/output/prose.js'
import { toNumber } from '../frames/rational.js'
import type { SoundLayout } from '../model/encode.js'
import type { AudioFacts, MediaFacts, VideoFacts } from '../model/facts.js'
import { SOURCE_TRAITS, type SourceTrait, type Warning } from '../model/warnings.js'
import { chosenTrack } from './audio-track.js'
import { colorSpaceOf, isHdr } from './color-space.js'
import { colourMap } from './colour-map.js'
import { describeDamage, describeRest } from './damage.js'
import { describeColours } from './describe-colours.js'
import { RUN_UP_SEC } from './open-video.js'
import { type PictureForm, standardForm } from './picture-form.js'
import { isTransparent } from './picture-input.js'
import { bitDepth, hasFineChroma } from './pixel-format.js'
import { describeDownmix, describeForms } from './sound-remarks.js'
import { heldUntilSec } from './still-picture.js'

interface Picture {
  readonly facts: MediaFacts
  readonly video: VideoFacts
  readonly isDeinterlaced: boolean
  /** Forms of the renditions' pictures. */
  readonly forms: readonly PictureForm[]
  /** Of what is transparent. */
  readonly background: string
}

interface Sound {
  readonly facts: MediaFacts
  /** The track that the edit hears. */
  readonly track: AudioFacts
  /** The edit names the track; otherwise it is the default one. */
  readonly isChosen: boolean
  /** Of the edited sound. */
  readonly layout: SoundLayout
}

type SoundTrait = 'late-audio' | 'channels-downmixed' | 'sound-changes' | 'several-audio-tracks'
type FileTrait = 'source-damaged' | 'file-goes-on' | 'times-rejoined' | 'undecodable-audio'
type PictureTrait = Exclude<SourceTrait, SoundTrait | FileTrait>

/** The message for a trait; null: the source does not have it. */
type Remarks<Trait extends SourceTrait, Looked> = Readonly<Record<Trait, (looked: Looked) => string | null>>

/** How an edit uses a source. */
interface Use {
  /** null: the default track. */
  readonly audio: AudioChoice | null
  readonly isDeinterlaced: boolean
  /** Of the edited sound; absent: stereo. */
  readonly layout?: SoundLayout
  /** Forms of the renditions' pictures; none: the standard one. */
  readonly forms: readonly PictureForm[]
  /** Colour of what is transparent; absent: black. */
  readonly background?: string | undefined
}

/** Warnings of what the opening of a source changes. */
export function sourceWarnings(facts: MediaFacts, use: Use): Warning[] {
  const { video } = facts
  const track = chosenTrack(facts.audio, use.audio)
  const forms = video && use.forms.length === 0 ? [standardForm(video)] : use.forms
  const { isDeinterlaced, background = 'black' } = use
  const picture = video && { facts, video, forms, isDeinterlaced, background }
  const sound = track && { facts, track, isChosen: namesTrack(use.audio), layout: use.layout ?? 'stereo' }
  return SOURCE_TRAITS.flatMap((code) => {
    const message = remark(code, facts, { picture, sound })
    return message === null ? [] : [{ code, message }]
  })
}

function remark(
  trait: SourceTrait,
  facts: MediaFacts,
  { picture, sound }: { readonly picture: Picture | null; readonly sound: Sound | null },
): string | null {
  if (isOfFile(trait)) return FILE_REMARKS[trait](facts)
  if (isOfSound(trait)) return sound && SOUND_REMARKS[trait](sound)
  return picture && PICTURE_REMARKS[trait](picture)
}

function isOfFile(trait: SourceTrait): trait is FileTrait {
  return Object.hasOwn(FILE_REMARKS, trait)
}

const FILE_REMARKS: Remarks<FileTrait, MediaFacts> = {
  'source-damaged': describeDamage,
  'file-goes-on': describeRest,
  'times-rejoined': ({ video, audio }) => {
    const places = Math.max(...[video, ...audio].map((track) => track?.jumps?.length ?? 0))
    const where = places === 1 ? 'one place' : `${places} places`
    return places === 0 ? null : `The times of the file begin again or jump at ${where}: they are joined.`
  },
  'undecodable-audio': ({ audio }) => {
    const lost = audio.filter(({ cannotDecode }) => cannotDecode)
    if (lost.length === 0) return null
    const which = lost.map((track) => `${audio.indexOf(track)} (${track.codec})`).join(', ')
    return `No decoder knows sound track ${which}.`
  },
}

function isOfSound(trait: PictureTrait | SoundTrait): trait is SoundTrait {
  return Object.hasOwn(SOUND_REMARKS, trait)
}

const PICTURE_REMARKS: Remarks<PictureTrait, Picture> = {
  rotated: ({ video: { rotation } }) =>
    rotation === 0 ? null : `The picture is turned upright by ${rotation}°, as the file asks.`,
  'non-square-pixels': ({ video: { sampleAspect, width, height } }) => {
    const { num, den } = sampleAspect
    return num === den ? null : `Pixels of ${num}:${den} are made square: the picture is ${width}×${height}.`
  },
  'odd-size': ({ video: { width, height } }) => {
    const isEven = width % 2 === 0 && height % 2 === 0
    return isEven ? null : `The picture of ${width}×${height} is scaled to even sides.`
  },
  'size-changes': ({ video: { width, height, otherSizes, changesAspectOnly } }) => {
    if (!otherSizes) return null
    const others = listed(
      otherSizes.map((size) => `${size.width}×${size.height}`),
      'or',
    )
    return changesAspectOnly
      ? `The picture changes its shape: where it should be ${others}, it is shown in ${width}×${height}, too.`
      : `The picture changes its size: it is shown in ${width}×${height}, and whole where it has ${others}.`
  },
  'variable-frame-rate': ({ video }) => {
    const rate = toNumber(video.frameRate).toFixed(2)
    return video.isVariableRate
      ? `The frame rate varies: frames are shown at a constant ${rate} per second.`
      : null
  },
  'interlaced-source': ({ video: { fieldOrder }, isDeinterlaced }) => {
    const isInterlaced = fieldOrder !== null && /^[tb][tb]$/.test(fieldOrder)
    return isInterlaced && !isDeinterlaced
      ? 'The picture is interlaced: add the operation "deinterlace" to remove the combs.'
      : null
  },
  'high-bit-depth': ({ video, forms }) => {
    const bits = bitDepth(video.pixelFormat)
    const isReduced = bits > 8 && forms.some((form) => form.pixelFormat === 'yuv420p')
    return isReduced ? `The picture of ${bits} bits is rendered with 8${sinceHindered(forms)}.` : null
  },
  'chroma-subsampled': ({ video: { pixelFormat } }) =>
    hasFineChroma(pixelFormat) ? `Colours of ${pixelFormat} are rendered as 4:2:0.` : null,
  // An image that is joined is shown on the colour that the operation names.
  'alpha-flattened': ({ facts, video, background }) =>
    isTransparent(video) && facts.durationSec > 0
      ? `Transparent parts of the picture are shown on ${background}.`
      : null,
  'hdr-tone-mapped': ({ video, forms }) => {
    const isMapped = isHdr(video) && forms.some(({ colorSpace }) => colorSpace === colorSpaceOf(video))
    const since = sinceHindered(forms)
    return isMapped ? `High dynamic range is mapped to the standard one (BT.709)${since}.` : null
  },
  'colours-converted': ({ video, forms }) => {
    const maps = forms.flatMap(({ colorSpace }) => colourMap(video, colorSpace) ?? [])
    const [map] = maps.filter(({ from, to }) => !isHdr(video) || from.transfer === to.transfer)
    return map ? `The colours of the picture (${describeColours(map)}) are converted.` : null
  },
  'late-video': ({ facts, video }) => {
    const lateSec = video.startSec - facts.startSec
    return lateSec > RUN_UP_SEC
      ? `The picture starts ${lateSec.toFixed(2)} s late: its first frame is held.`
      : null
  },
  'still-picture': ({ facts, video }) => {
    const heldSec = heldUntilSec(facts, video)
    return heldSec === null
      ? null
      : `The last frame is held for as long as the sound, ${heldSec.toFixed(2)} s.`
  },
}

function sinceHindered(forms: readonly PictureForm[]): string {
  const hindrance = forms.find((form) => form.hindrance !== null)?.hindrance
  return hindrance ? `, since "${hindrance}" supports only that` : ''
}

const SOUND_REMARKS: Remarks<SoundTrait, Sound> = {
  'late-audio': ({ facts, track }) => {
    const lateSec = track.startSec - facts.startSec
    return lateSec > RUN_UP_SEC
      ? `The sound starts ${lateSec.toFixed(2)} s late: silence is added before it.`
      : null
  },
  'channels-downmixed': ({ track, layout }) => describeDownmix(track, layout),
  'sound-changes': ({ track }) => describeForms(track),
  'several-audio-tracks': ({ facts: { audio }, track, isChosen }) =>
    audio.length > 1 && !isChosen
      ? `The file has ${audio.length} sound tracks; track ${audio.indexOf(track)} is used. "audio" chooses another.`
      : null,
}
