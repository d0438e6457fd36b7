import type { Container, VideoCodec } from '../../edit/output/formats.js'
import type { QualityName } from '../../edit/output/qualities.js'
import type { Additions } from './additions.js'
import type { ColourTable } from './colour-map.js'
import type { CopiedSound, Copies, DecodedSound } from './copies.js'
import type { DerivedFiles, StreamingProtocol } from './derived-files.js'
import type { DrawnPicture } from './drawn.js'
import type { AudioCoding, Encode, ExpectedResult } from './encode.js'
import type { StoredCapacity } from './spreading.js'
import type { Warning } from './warnings.js'

export type * from './copies.js'
export type * from './derived-files.js'
export type * from './encode.js'
export type * from './warnings.js'

/**
 * What the compiler makes of an edit: a small graph of passes. It is plain data, saved as JSON, and the same on every
 * machine: files are named by storage key, or by their name in the pass's work folder, never by host path.
 */
export interface Plan {
  readonly version: 2
  /** How the job was spread. A job that is planned again keeps to it. */
  readonly capacity: StoredCapacity
  /** What must be measured in the sound before the passes begin, in this order. */
  readonly measurements: readonly Measurement[]
  readonly passes: readonly Pass[]
  /** Each joins parts that passes have rendered, as soon as these are there. */
  readonly assemblies: readonly Assembly[]
  /** Make further files from rendered ones, once these are there. */
  readonly derived: readonly DerivedPass[]
  readonly outputs: readonly PlannedOutput[]
  readonly warnings: readonly Warning[]
}

/** The activity that runs a pass, which is its name in the Temporal UI, too. */
export type PassKind =
  MeasuringKind | 'trim' | 'overlay' | 'watermark' | 'transcode' | 'encodeAudio' | 'assemble' | DerivedKind

export type MeasuringKind = 'measureLoudness'

export type DerivedKind = 'thumbnails' | 'package'

/** What is needed to start one ffmpeg process in a work folder. */
export interface PassWork {
  /** Unique within the plan, e.g. `transcode-720p`. */
  readonly name: string
  /** One line for the Temporal UI. */
  readonly summary: string
  readonly inputs: readonly PassInput[]
  /** Files to write into the work folder before ffmpeg starts. */
  readonly sideFiles: readonly SideFile[]
  /** Fonts of users; absent: none. */
  readonly fonts?: readonly FontFolder[]
  /** Tables by which colours are converted; absent: none. */
  readonly colourTables?: readonly ColourTable[]
  readonly graph: readonly FilterNode[]
  /** Names of the outputs that this pass makes wholly or in part. */
  readonly outputNames: readonly string[]
  /** Relative cost: megapixels to encode. Weighs the job's progress. */
  readonly cost: number
}

/** Finds the gain that brings the sound to a loudness at one point of the edit, for all renditions. */
export interface Measurement extends PassWork {
  readonly kind: MeasuringKind
  /** Pad of the graph with the sound at that point. */
  readonly soundPad: string
  /** Pad with the sound after the filters whose values this measurement finds. */
  readonly normalisedPad: string
  readonly target: LoudnessTarget
  /** How the first rendition codes sound, since encoders change peaks and what is heard is what counts. */
  readonly coding: { readonly audio: AudioCoding; readonly container: Encode['container'] }
  readonly durationSec: number
}

export interface LoudnessTarget {
  /** Integrated loudness of EBU R 128. */
  readonly lufs: number
  /** Highest true peak in dBTP. */
  readonly truePeakDb: number
}

/** Renders files from the sources, with one decode and one graph for all of them. */
export interface Pass extends PassWork {
  readonly kind: PassKind
  readonly encodes: readonly [Encode, ...Encode[]]
  /** Threads of each decoder and encoder and of the graph; null: as many as help. */
  readonly threads: number | null
}

/**
 * Joins parts into a file by stream copy. The inputs are the parts of the picture in order, then the sound, then the
 * source from which pieces are copied.
 */
export interface Assembly extends PassWork {
  readonly kind: PassKind
  /** Storage key of the file. */
  readonly key: string
  readonly container: Container
  readonly codec: VideoCodec
  /** The sound arrives as a separate part. */
  readonly hasSound: boolean
  readonly expected: ExpectedResult
  /** Absent: nothing is copied from the source. */
  readonly copies?: Copies
  /** Absent: none. */
  readonly additions?: Additions
}

/** Makes pictures or segments from finished files. */
export interface DerivedPass extends PassWork {
  readonly kind: DerivedKind
  readonly files: DerivedFiles
  /** Length of the longest input in seconds. */
  readonly durationSec: number
}

export interface PassInput {
  /** Storage key of the file. */
  readonly key: string
  /** The demuxer that the probe found. No other may open the file: ffmpeg's `-format_whitelist`. */
  readonly format: string
  /** As in the facts of the file. */
  readonly beginsLate?: true
  /** Where to seek before decoding, in seconds by `clock`. 0: no seek. */
  readonly seekSec: number
  /**
   * `file`: the seek and the times of frames are those that the file gives. Absent: both count from the file's start,
   * which differs between versions of ffmpeg where a file starts before 0. Plans of older versions lack it.
   */
  readonly clock?: 'file'
  /** Decode only key frames. */
  readonly keyFramesOnly?: true
  /** The input is one track's sound, which is decoded into a file of one form beforehand. Absent: the file as it is. */
  readonly sound?: DecodedSound
  /** The input is one track's sound for a stretch of time, which is copied into a file of its own beforehand. Absent: as above. */
  readonly copied?: CopiedSound
  /** The input is a picture that is drawn beforehand. Absent: the file as it is. */
  readonly drawn?: DrawnPicture
  /** The graph turns the picture upright. Absent: ffmpeg does, as the file says. */
  readonly isTurnedByGraph?: true
  /** The codec of a picture whose matrix has a reserved number: see `reservedMatrix`. Absent: it has none. */
  readonly reservedMatrixIn?: string
  /** Decoder of the picture. Absent: ffmpeg's default, which drops the transparency of VP8 and VP9. */
  readonly decoder?: 'libvpx' | 'libvpx-vp9'
}

export interface SideFile {
  readonly name: string
  readonly contents: string
}

/** A folder in the work folder with one font file, whose name no shipped font has. */
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

/** Placeholder for a value that a measurement finds: src/plan/loudness/fill-measured.ts fills it in. */
export interface MeasuredArg {
  /** Name of the measurement. */
  readonly measured: string
  /** `gain`: decibels; `ceiling`: highest sample, where 1 is full scale. */
  readonly value: 'gain' | 'ceiling'
}

/** Kind of a file that a job hands out. A folder has the kind of the file that is opened first. */
export type OutputContainer = Container | 'jpg' | 'png' | 'json' | 'vtt' | StreamingProtocol

/** A file that the job hands out. */
export interface PlannedOutput {
  /** Unique within the job, e.g. `720p`, or `edited` for the edited size. */
  readonly name: string
  readonly quality: QualityName | null
  readonly container: OutputContainer
  readonly passName: string
  /** Storage key of the finished file. */
  readonly key: string
  /** Hash of its sources and of how it is made; null: unknown, or it is made from other outputs. */
  readonly fingerprint: string | null
  /** Key, ending with `/`, of the folder that the file belongs to; null: it is a single file. */
  readonly folder: string | null
}

export type MeasurementDraft = Omit<Measurement, 'coding'>
