import type {
  AnimationContainer,
  AudioCodec,
  BitDepth,
  Container,
  EncoderPreset,
  VideoCodec,
} from '../../edit/output/formats.js'
import type { Additions } from './additions.js'
import type { Rational, StaticHdr } from './facts.js'

/** A file that a pass makes from its graph. */
export interface Encode {
  /** Storage key of the file. */
  readonly key: string
  /** The file is a part that is joined into an output, so it is not laid out for players. */
  readonly isPart: boolean
  /** null: the file has only sound. */
  readonly video: { readonly pad: string; readonly coding: VideoCoding } | null
  /** null: the file is silent. */
  readonly audio: CodedSound | null
  readonly container: Container | 'jpg'
  readonly expected: ExpectedResult
  /** Absent: none. */
  readonly additions?: Additions
}

export interface CodedSound {
  readonly pad: string
  readonly coding: AudioCoding
  /** Index of the input that has the sound as it is coded in the source; then nothing comes out of `pad`. Absent: it is encoded. */
  readonly copiedFrom?: number
  /** Pads of further tracks, which are coded alike. Absent: there is one track. */
  readonly furtherPads?: readonly string[]
}

/** Pads of all tracks that are encoded. */
export function soundPads(audio: CodedSound | null): string[] {
  return audio && audio.copiedFrom === undefined ? [audio.pad, ...(audio.furtherPads ?? [])] : []
}

export type VideoCoding = FilmCoding | AnimationCoding | PictureCoding

export function isFilmCoding(coding: VideoCoding): coding is FilmCoding {
  return 'gopFrames' in coding
}

export function isPictureCoding({ codec }: VideoCoding): boolean {
  return codec === 'jpeg' || codec === 'webp-picture'
}

export interface FilmCoding {
  readonly codec: VideoCodec
  /** null: the encoder has no constant rate factor. */
  readonly crf: number | null
  /** Bits per second; null: no cap. */
  readonly maxBitRate: number | null
  readonly preset: EncoderPreset
  /** Frames between key frames. */
  readonly gopFrames: number
  readonly bitDepth: BitDepth
  readonly colorSpace: ColorSpace
  /** Of a picture in PQ, for players. Absent: the source says nothing. */
  readonly staticHdr?: Pick<StaticHdr, 'mastering' | 'light'>
  /** Frames that the encoder looks ahead at most. Absent: the preset's own number. */
  readonly lookaheadFrames?: number
  /** Which part of a film is encoded, to be joined with others; null: the whole film. */
  readonly stretch: 'first' | 'later' | null
  /** Absent: the film has no copied pictures. */
  readonly likeness?: SourceMatch
}

/** How re-encoded H.264 must look beside copied frames of a source in the same track. */
export interface SourceMatch {
  readonly profile: H264Profile
  /** Level as the codec counts: 31 is 3.1. */
  readonly level: number
  /** Id of the parameter sets, which those of the source do not have. */
  readonly id: number
  /** Frames by which decoding may run ahead of display. */
  readonly reorderFrames: 0 | 1 | 2
  /** Tags of the source by ffmpeg's names; null: it has no such tag. */
  readonly tags: {
    readonly matrix: string | null
    readonly primaries: string | null
    readonly transfer: string | null
    readonly range: string | null
  }
}

export type H264Profile = 'baseline' | 'main' | 'high'

export interface AnimationCoding {
  readonly codec: AnimationContainer
}

/** A single picture. */
export type PictureCoding = JpegCoding | WebpPictureCoding

interface JpegCoding {
  readonly codec: 'jpeg'
  /** 2 (best) to 31, ffmpeg's `-q:v`. */
  readonly quantiser: number
}

interface WebpPictureCoding {
  readonly codec: 'webp-picture'
  /** 0 to 100 (best). */
  readonly quality: number
}

/** The channels of sound while it is edited and coded. */
export type SoundLayout = 'stereo' | '5.1'

export interface AudioCoding {
  readonly codec: AudioCodec
  /** Bits per second; null: the codec is lossless. */
  readonly bitRate: number | null
  readonly channels: 2 | 6
}

/** What a probe of the rendered file must find. */
export interface ExpectedResult {
  /** null: the file has only sound. */
  readonly picture: ExpectedPicture | null
  readonly durationSec: number
  readonly hasAudio: boolean
  /** Absent: one, or none. */
  readonly soundCount?: number
}

export interface ExpectedPicture {
  readonly width: number
  readonly height: number
  readonly frameRate: Rational
  readonly frameCount: number
}

/** An encode without the place of its file. */
export type Coded = Omit<Encode, 'key' | 'isPart'>

/**
 * What the pixels mean. Outputs are tagged with it. `smpte170m` and `bt470bg`: BT.601 with 525 and with 625 lines; `bt601`:
 * its matrix with the primaries of BT.709. `pq` and `hlg`: high dynamic range with BT.2020's primaries.
 */
export type ColorSpace = 'bt709' | 'smpte170m' | 'bt470bg' | 'bt601' | 'pq' | 'hlg'
