/** What a probe says of a media file. Written by src/media, read by the compiler; saved as JSON. */

/** A fraction, always reduced and with a positive denominator: 30000/1001 frames a second, 64/45 pixels. */
export interface Rational {
  readonly num: number
  readonly den: number
}

export type Rotation = 0 | 90 | 180 | 270

/** What a scan finds missing of a track. */
export interface Damage {
  /** `breaks-off`: the end is missing; `gaps`: parts in between. */
  readonly kind: 'breaks-off' | 'gaps'
  /** Length of what is there, in seconds. */
  readonly foundSec: number
  /** Length that the file states; null: it states none. */
  readonly statedSec: number | null
}

/** How the coded frames of a picture hang together: what of it can be copied without being decoded. */
export interface CodedGroups {
  /**
   * Frames, counted from the first, at which decoding can begin afresh and before which nothing later is shown:
   * ascending. Of very many not all are listed.
   */
  readonly starts: readonly number[]
  /** By so many frames decoding runs ahead of showing. */
  readonly reorderFrames: number
  /** The longest way from one such frame to the next, or to the end. */
  readonly longestFrames: number
  /** null: what is coded anew cannot be told apart from it, and has no place in the same track. */
  readonly parameters: TrackParameters | null
}

/** What pictures of H.264 have to be like, and not, to stand in a track. */
export interface TrackParameters {
  /** As the codec counts: 31 is 3.1. */
  readonly level: number
  /** Ids of the parameter sets that there are. */
  readonly takenIds: readonly number[]
}

export interface VideoFacts {
  /** Index of the stream in the file. */
  readonly index: number
  readonly codec: string
  readonly profile: string | null
  readonly pixelFormat: string
  /** Stored size in pixels, before rotation and with the source's own pixel shape. */
  readonly codedWidth: number
  readonly codedHeight: number
  /** Size as displayed: after rotation, with square pixels. */
  readonly width: number
  readonly height: number
  /** Clockwise turn that a player applies, in degrees. */
  readonly rotation: Rotation
  readonly sampleAspect: Rational
  readonly frameRate: Rational
  /** Frames in the stream, counted by a scan of its packets; null before that. */
  readonly frameCount: number | null
  /** Position of the first frame on the file's own timeline, in seconds. */
  readonly startSec: number
  readonly durationSec: number
  readonly bitRate: number | null
  /** `tv` or `pc`, and the matrix, as tagged; null when untagged. */
  readonly colorRange: string | null
  readonly colorSpace: string | null
  /** As tagged, such as `smpte2084` and `bt2020`; null when untagged. */
  readonly colorTransfer: string | null
  readonly colorPrimaries: string | null
  /** ffprobe's `progressive`, `tt`, `bb`, `tb` or `bt`; null when unknown. */
  readonly fieldOrder: string | null
  /**
   * Its transparency is coded as a picture of its own, as WebM has it, which `pixelFormat` does not show. Facts
   * saved by older versions lack this.
   */
  readonly hasAlphaLayer?: true
  /** Its frames are not equally long. */
  readonly isVariableRate: boolean
  /** null: nothing of it can be copied. Absent: nobody has looked. */
  readonly groups?: CodedGroups | null
  /** Absent: nothing is missing, or nobody has looked. */
  readonly damage?: Damage
}

export interface AudioFacts {
  readonly index: number
  readonly codec: string
  readonly sampleRate: number
  readonly channels: number
  /** ffmpeg's name, such as `5.1(side)`; null when unknown. */
  readonly channelLayout: string | null
  /** Marked as the track to play. */
  readonly isDefault: boolean
  readonly language: string | null
  readonly startSec: number
  readonly durationSec: number
  readonly damage?: Damage
}

export interface MediaFacts {
  /** The demuxer's name as ffprobe prints it, such as `mov,mp4,m4a,3gp,3g2,mj2`. */
  readonly format: string
  /** What to serve the file as, and the extension to store it under (without the dot). */
  readonly mimeType: string
  readonly extension: string
  /** Length of the whole file in seconds; 0 for a still image. */
  readonly durationSec: number
  /** Start of the file's own timeline in seconds; most files start at 0. */
  readonly startSec: number
  readonly sizeBytes: number
  readonly bitRate: number | null
  readonly video: VideoFacts | null
  readonly audio: readonly AudioFacts[]
  /** Sound tracks, not among `audio`, that are there by name only. */
  readonly emptyTracks?: number
  /** A scan of the packets has seen to lengths and damage. */
  readonly isMeasured?: true
}

/** Ascending Unicode code points without a gap. */
export interface CodeRange {
  readonly start: number
  /** Exclusive. */
  readonly end: number
}

/** What is known of a font file. */
export interface FontFacts {
  /** 100 (thin) to 900 (black). */
  readonly weight: number
  readonly isItalic: boolean
  /** Sum of ascent and descent, in em, that libass makes the font size. */
  readonly lineHeight: number
  /** The characters that it has, ascending. */
  readonly characters: readonly CodeRange[]
}
