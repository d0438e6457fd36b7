import { AUDIO_CODEC_TRAITS } from '../edit/output/audio-codecs.js'
import { ANIMATION_TRAITS } from '../edit/output/containers.js'
import { ANIMATION_CONTAINERS, AUDIO_CODECS, VIDEO_CODECS } from '../edit/output/formats.js'
import { VIDEO_CODEC_TRAITS } from '../edit/output/video-codecs.js'
import { DECODED_ENCODER } from './argv/sound-argv.js'
import { JPEG_ENCODER, PNG_ENCODER, WEBP_PICTURE_ENCODER } from './argv/still-encoders.js'
import { type FilterName, FILTERS } from './graph/filters.js'
import type { Encode, Plan, VideoCoding } from './model/plan.js'

/** A part of ffmpeg that a plan may use, by ffmpeg's name. Encoders and filters may share a name. */
export interface FfmpegPart {
  readonly kind: 'encoder' | 'filter'
  readonly name: string
  /** What ffmpeg cannot do without it, for people: `make AV1`. */
  readonly ability: string
}

/** Filters of libraries that a build may have been made without, by what these do. */
const LIBRARY_FILTERS: Partial<Readonly<Record<FilterName, string>>> = {
  ass: 'draw text and subtitles',
  zscale: 'convert colours, such as those of HDR and Display P3',
}

/** Encoders without which next to nothing can be made. */
const ESSENTIAL_ENCODERS: readonly string[] = [
  VIDEO_CODEC_TRAITS.h264.encoder,
  AUDIO_CODEC_TRAITS.aac.encoder,
  JPEG_ENCODER,
  PNG_ENCODER,
]

/** All parts that plans may use. */
export const FFMPEG_PARTS: readonly FfmpegPart[] = [
  ...encoders(),
  ...FILTERS.map((name) => ({
    kind: 'filter' as const,
    name,
    ability: LIBRARY_FILTERS[name] ?? `apply the filter ${name}`,
  })),
]

/** Whether a build without the part is of no use at all. */
export function isEssential({ kind, name }: FfmpegPart): boolean {
  switch (kind) {
    case 'encoder':
      return ESSENTIAL_ENCODERS.includes(name)
    case 'filter':
      return !Object.hasOwn(LIBRARY_FILTERS, name)
  }
}

/** Those of the parts that a plan uses. */
export function partsUsed(plan: Plan, parts: readonly FfmpegPart[]): FfmpegPart[] {
  const work = [...plan.measurements, ...plan.passes, ...plan.derived]
  const filters = new Set(work.flatMap(({ graph }) => graph.map(({ filter }) => filter)))
  const decodes = [...plan.measurements, ...plan.passes].some(({ inputs }) =>
    inputs.some(({ sound }) => sound),
  )
  const made = new Set([
    ...plan.passes.flatMap(({ encodes }) => encodes.flatMap(encodersOf)),
    ...(decodes ? [DECODED_ENCODER] : []),
  ])
  return parts.filter(({ kind, name }) => (kind === 'filter' ? filters : made).has(name))
}

function encoders(): FfmpegPart[] {
  const traits = [
    ...VIDEO_CODECS.map((codec) => VIDEO_CODEC_TRAITS[codec]),
    ...AUDIO_CODECS.map((codec) => AUDIO_CODEC_TRAITS[codec]),
    ...ANIMATION_CONTAINERS.map((container) => ANIMATION_TRAITS[container]),
    { encoder: JPEG_ENCODER, label: 'JPEG' },
    { encoder: PNG_ENCODER, label: 'PNG' },
    { encoder: WEBP_PICTURE_ENCODER, label: 'pictures in WebP' },
    { encoder: DECODED_ENCODER, label: 'one form of sound that changes on the way' },
  ]
  return traits.map(({ encoder, label }) => ({ kind: 'encoder', name: encoder, ability: `make ${label}` }))
}

function encodersOf({ video, audio }: Encode): string[] {
  return [
    ...(video ? [pictureEncoder(video.coding.codec)] : []),
    ...(audio && audio.copiedFrom === undefined ? [AUDIO_CODEC_TRAITS[audio.coding.codec].encoder] : []),
  ]
}

function pictureEncoder(codec: VideoCoding['codec']): string {
  switch (codec) {
    case 'jpeg':
      return JPEG_ENCODER
    case 'webp-picture':
      return WEBP_PICTURE_ENCODER
    case 'gif':
    case 'webp':
      return ANIMATION_TRAITS[codec].encoder
    case 'h264':
    case 'h265':
    case 'av1':
    case 'vp9':
      return VIDEO_CODEC_TRAITS[codec].encoder
  }
}
