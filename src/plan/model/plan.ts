import type { Container, VideoCodec } from '../../edit/output/formats.js'
import type { QualityName } from '../../edit/output/qualities.js'
import type { Copies } from './copies.js'
import type { AudioCoding, Encode, ExpectedResult } from './encode.js'
import type { StoredCapacity } from './spreading.js'

export type * from './copies.js'
export type * from './encode.js'

/**
 * What the compiler makes of an edit: a small graph of passes. Plain data, saved as JSON, the same on every
 * machine: files are named by storage key or by their name in the pass's work folder, never by host path.
 */
export interface Plan {
  readonly version: 2
  /** How the job was spread. A job that is planned again keeps to it. */
  readonly capacity: StoredCapacity
  /** What has to be known of the sound before the passes begin, in the order in which it is found out. */
  readonly measurements: readonly Measurement[]
  readonly passes: readonly Pass[]
  /** Join what passes have rendered in parts, each as soon as its parts are there. */
  readonly assemblies: readonly Assembly[]
  /** Made from what the passes have rendered, once all of it is there. */
  readonly derived: readonly DerivedPass[]
  readonly outputs: readonly PlannedOutput[]
  readonly warnings: readonly Warning[]
}

/** Something the user should know of a job that succeeds nevertheless. `code` is stable. */
export interface Warning {
  readonly code: WarningCode
  readonly message: string
}

/** Traits of a source that the compiler handles. Each becomes a warning. */
export const SOURCE_TRAITS = [
  'rotated',
  'non-square-pixels',
  'odd-size',
  'variable-frame-rate',
  'interlaced-source',
  'high-bit-depth',
  'chroma-subsampled',
  'alpha-flattened',
  'hdr-tone-mapped',
  'late-audio',
  'late-video',
  'channels-downmixed',
  'several-audio-tracks',
  'still-picture',
  'source-damaged',
] as const

export type SourceTrait = (typeof SOURCE_TRAITS)[number]

/** All warnings of sources: docs/inputs.md lists them. */
export const INPUT_WARNINGS = [
  ...SOURCE_TRAITS,
  /** Known only while the source is decoded. */
  'size-changes',
  'no-audio',
  'duration-clamped',
] as const

export type WarningCode =
  | (typeof INPUT_WARNINGS)[number]
  | 'upscaled'
  | 'trim-reencoded'
  | 'trim-at-key-frames'
  | 'overlay-never-visible'
  | 'subtitles-never-visible'
  | 'missing-glyphs'
  | 'silence-added'
  | 'loudness-skipped'
  | 'loudness-off-target'

/** The activity that runs a pass; also its name in the Temporal UI. */
export type PassKind =
  MeasuringKind | 'trim' | 'overlay' | 'watermark' | 'transcode' | 'encodeAudio' | 'assemble' | DerivedKind

export type MeasuringKind = 'measureLoudness'

export type DerivedKind = 'thumbnails' | 'package'

/** What it takes to start one ffmpeg process in a work folder. */
export interface PassWork {
  /** Unique within the plan, such as `transcode-720p`. */
  readonly name: string
  /** One line for the Temporal UI. */
  readonly summary: string
  readonly inputs: readonly PassInput[]
  /** Files to write into the work folder before ffmpeg starts. */
  readonly sideFiles: readonly SideFile[]
  /** Fonts of users; absent where there are none. */
  readonly fonts?: readonly FontFolder[]
  readonly graph: readonly FilterNode[]
  /** Names of the outputs that this pass makes, or a part of. */
  readonly outputNames: readonly string[]
  /** Relative cost: megapixels to encode. Weighs the job's progress. */
  readonly cost: number
}

/** Finds the gain that brings the sound at one point of the edit to a loudness. All renditions share it. */
export interface Measurement extends PassWork {
  readonly kind: MeasuringKind
  /** Pad of the graph with the sound as it is there. */
  readonly soundPad: string
  /** Pad with the sound after the filters that this measurement sets. */
  readonly normalisedPad: string
  readonly target: LoudnessTarget
  /** How the first rendition codes sound: coders change peaks, and what is heard is what counts. */
  readonly coding: { readonly audio: AudioCoding; readonly container: Encode['container'] }
  readonly durationSec: number
}

export interface LoudnessTarget {
  /** Integrated loudness of EBU R 128. */
  readonly lufs: number
  /** The highest true peak, dBTP. */
  readonly truePeakDb: number
}

/** Renders files from the sources: one decode and one graph for all of them. */
export interface Pass extends PassWork {
  readonly kind: PassKind
  readonly encodes: readonly [Encode, ...Encode[]]
  /** Of each decoder, encoder and the graph; null: as many as help. */
  readonly threads: number | null
}

/**
 * Joins parts to a file by copying: the first inputs are those of the picture, in order, then comes the sound, then
 * the source that stretches are taken over from.
 */
export interface Assembly extends PassWork {
  readonly kind: PassKind
  /** Storage key of the file. */
  readonly key: string
  readonly container: Container
  readonly codec: VideoCodec
  /** As a part of its own. */
  readonly hasSound: boolean
  readonly expected: ExpectedResult
  /** Absent: all of it was coded by us. */
  readonly copies?: Copies
}

/** Makes pictures or segments from finished files. */
export interface DerivedPass extends PassWork {
  readonly kind: DerivedKind
  readonly files: DerivedFiles
  /** Length of the longest input in seconds. */
  readonly durationSec: number
}

export type DerivedFiles =
  /** The picture of these that has the most detail. */
  | { readonly form: 'best-image'; readonly pad: string; readonly count: number }
  /** One PNG. */
  | { readonly form: 'image'; readonly pad: string }
  /** A folder of numbered JPEGs, `<stem>-001.jpg`, with the side files beside them. */
  | { readonly form: 'images'; readonly pad: string; readonly stem: string; readonly count: number }
  /** A folder of CMAF segments of all inputs, with the manifests of the protocols. */
  | {
      readonly form: 'segments'
      /** Shape of the picture: sizes rounded to even pixels differ from it a little. */
      readonly aspect: { readonly width: number; readonly height: number }
      readonly hasAudio: boolean
      readonly protocols: readonly StreamingProtocol[]
    }

export type StreamingProtocol = 'hls' | 'dash'

export interface PassInput {
  /** Storage key of the file. */
  readonly key: string
  /** The demuxer that the probe found, the only one that may open it: ffmpeg's `-format_whitelist`. */
  readonly format: string
  /** Seek before decoding, in seconds on the file's timeline counted from its start. 0: none. */
  readonly seekSec: number
  /** Decode key frames alone. */
  readonly keyFramesOnly?: true
  /** Of the picture, instead of ffmpeg's default: its own decoders of VP8 and VP9 drop the transparency. */
  readonly decoder?: 'libvpx' | 'libvpx-vp9'
}

export interface SideFile {
  readonly name: string
  readonly contents: string
}

/** A folder in the work folder for one font file, under a name that no shipped font has. */
export interface FontFolder {
  readonly folder: string
  /** Storage key of the file. */
  readonly key: string
}

/** A filter of ffmpeg with its pads. Only src/plan/graph/serialise-graph.ts turns it into text. */
export interface FilterNode {
  readonly filter: string
  readonly args: Readonly<Record<string, FilterArg>>
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
}

export type FilterArg = string | number | MeasuredArg

/** What a measurement finds out, for src/plan/loudness/fill-measured.ts to fill in. */
export interface MeasuredArg {
  /** Name of the measurement. */
  readonly measured: string
  /** `gain`: decibels; `ceiling`: the highest sample, 1 being full scale. */
  readonly value: 'gain' | 'ceiling'
}

/** The kind of a file that a job hands out; of a folder, of the file in it that one opens first. */
export type OutputContainer = Container | 'jpg' | 'png' | 'json' | 'vtt' | StreamingProtocol

/** A file that the job hands out. */
export interface PlannedOutput {
  /** Unique within the job: `720p`, or `edited` for the edited size. */
  readonly name: string
  readonly quality: QualityName | null
  readonly container: OutputContainer
  readonly passName: string
  /** Storage key of the finished file. */
  readonly key: string
  /** Of what it is made of, and how; null: it is not known, or it is made of other outputs. */
  readonly fingerprint: string | null
  /** Key, ending with `/`, of the folder that the file is stored with; null: it stands alone. */
  readonly folder: string | null
}

/** A measurement before it is known how the sound will be coded. */
export type MeasurementDraft = Omit<Measurement, 'coding'>
