import type {
  AnimationContainer,
  AudioCodec,
  BitDepth,
  Container,
  EncoderPreset,
  VideoCodec,
} from '../../edit/output/formats.js'
import type { Rational } from './facts.js'

/** A file that becomes of a pass's graph. */
export interface Encode {
  /** Storage key of the file. */
  readonly key: string
  /** It is one of those that are joined to an output: not laid out for players. */
  readonly isPart: boolean
  /** null: the file has sound alone. */
  readonly video: { readonly pad: string; readonly coding: VideoCoding } | null
  /** null: the file is silent. */
  readonly audio: { readonly pad: string; readonly coding: AudioCoding } | null
  readonly container: Container | 'jpg'
  readonly expected: ExpectedResult
}

export type VideoCoding = FilmCoding | AnimationCoding | JpegCoding

export function isFilmCoding(coding: VideoCoding): coding is FilmCoding {
  return 'gopFrames' in coding
}

export interface FilmCoding {
  readonly codec: VideoCodec
  /** null: the encoder has no constant rate factor. */
  readonly crf: number | null
  /** Bits a second; null: no cap. */
  readonly maxBitRate: number | null
  readonly preset: EncoderPreset
  /** Frames between key frames. */
  readonly gopFrames: number
  readonly bitDepth: BitDepth
  readonly colorSpace: ColorSpace
  /** Frames that the encoder looks ahead at most. Absent: the preset's own number. */
  readonly lookaheadFrames?: number
  /** Which stretch of a film it is that is coded alone, to be joined with others; null: all of it. */
  readonly stretch: 'first' | 'later' | null
  /** Absent: the film has no pictures but ours. */
  readonly likeness?: Likeness
}

/** How pictures of H.264 are coded that stand in one track beside those of a source. */
export interface Likeness {
  readonly profile: H264Profile
  /** As the codec counts: 31 is 3.1. */
  readonly level: number
  /** Of the parameter sets: one that the source's have not. */
  readonly id: number
  /** By so many frames decoding may run ahead of showing. */
  readonly reorderFrames: 0 | 1 | 2
  /** As the source is tagged, by ffmpeg's names; null: it is not. */
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

export interface JpegCoding {
  readonly codec: 'jpeg'
  /** 2 (best) to 31, ffmpeg's `-q:v`. */
  readonly quantiser: number
}

export interface AudioCoding {
  readonly codec: AudioCodec
  /** Bits a second; null: the codec is lossless. */
  readonly bitRate: number | null
  readonly channels: 2
}

/** What a probe of the rendered file must say. */
export interface ExpectedResult {
  /** null: it has none. */
  readonly picture: ExpectedPicture | null
  readonly durationSec: number
  readonly hasAudio: boolean
}

export interface ExpectedPicture {
  readonly width: number
  readonly height: number
  readonly frameRate: Rational
  readonly frameCount: number
}

/** An encode before it is known where its file goes. */
export type Coded = Omit<Encode, 'key' | 'isPart'>

/** What the pixels mean, and the output is tagged with; `pq` and `hlg`: high dynamic range with BT.2020's primaries. */
export type ColorSpace = 'bt709' | 'smpte170m' | 'pq' | 'hlg'
