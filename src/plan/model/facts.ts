/** What a probe says of a media file. Written by src/media, read by the compiler; saved as JSON. */

import type { DrawnKind } from './drawn.js'
import type { Size } from './size.js'
import type { FoundTexts } from './texts.js'

/** A fraction, always reduced and with a positive denominator: 30000/1001 frames per second, 64/45 pixels. */
export interface Rational {
  readonly num: number
  readonly den: number
}

export type Rotation = 0 | 90 | 180 | 270

/** EXIF's tag 0x0112, without 1, which is upright. */
export type Orientation = 2 | 3 | 4 | 5 | 6 | 7 | 8

/** What a scan finds missing from a track. */
export interface Damage {
  /** `breaks-off`: the end is missing; `gaps`: parts in between. */
  readonly kind: 'breaks-off' | 'gaps'
  /** Seconds of the track that exist. */
  readonly foundSec: number
  /** Seconds that the file states; null: it states no length. */
  readonly statedSec: number | null
}

/**
 * A place at which the clock of a stream is set, as where two recordings were joined. Seconds, between frames in the
 * order in which they are shown.
 */
export interface TimeJump {
  /** From the start of the last frame before it to that of the first after it, by the file's clock. */
  readonly stepSec: number
  /** What makes the times after it, until the next jump, go on from those at the start of the file. */
  readonly shiftSec: number
}

/** How the coded frames of a picture depend on each other, which decides what can be copied without decoding. */
export interface CodedGroups {
  /**
   * Indices of frames at which decoding can begin and before which no later frame is shown, ascending. If there are
   * very many, not all are listed.
   */
  readonly starts: readonly number[]
  /** Frames by which decoding runs ahead of display. */
  readonly reorderFrames: number
  /** Frames from one such frame to the next, or to the end, at most. */
  readonly longestFrames: number
  /** null: encoded frames cannot stand in the same track, since their parameter sets would have the same ids. */
  readonly parameters: TrackParameters | null
}

/** What encoded H.264 must match, and avoid, to stand in the track of a source. */
export interface TrackParameters {
  /** Level as the codec counts: 31 is 3.1. */
  readonly level: number
  /** Ids that the source's parameter sets have. */
  readonly takenIds: readonly number[]
}

/** What a picture in PQ says of the display that it was made for (SMPTE ST 2086, CTA-861.3). */
export interface StaticHdr {
  readonly mastering: MasteringDisplay | null
  readonly light: LightLevel | null
  /** The file also has such data for each scene (HDR10+). */
  readonly isDynamic?: true
}

/** Chromaticities as x and y of CIE 1931; luminances in cd/m². */
export interface MasteringDisplay {
  readonly red: readonly [number, number]
  readonly green: readonly [number, number]
  readonly blue: readonly [number, number]
  readonly white: readonly [number, number]
  readonly minNits: number
  readonly maxNits: number
}

/** Brightest pixel, and highest average of a frame, in cd/m². */
export interface LightLevel {
  readonly maxCll: number
  readonly maxFall: number
}

/** Dolby Vision's configuration record. */
export interface DolbyVision {
  readonly profile: number
  /** What the base layer is without the data of Dolby Vision; 0: nothing that can be shown. */
  readonly compatibility: number
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
  /**
   * The picture has other sizes on the way, as displayed; the size above, the stored one and `sampleAspect` are those
   * that it has for the longest time. Absent: none, or not examined yet.
   */
  readonly otherSizes?: readonly Size[]
  /** Those sizes have as many stored pixels: only the shape of the pixels changes. */
  readonly changesAspectOnly?: true
  /** Clockwise turn that a player applies, in degrees. */
  readonly rotation: Rotation
  /** The container asks players to mirror the picture. Absent: it does not, or an older version has examined it. */
  readonly isMirrored?: true
  /** The container asks players to crop the picture, and ffmpeg does. The sizes are those after it. Absent: likewise. */
  readonly isCropped?: true
  readonly sampleAspect: Rational
  /**
   * How the stored picture of a still image has to be turned or mirrored, by EXIF's numbers. `width` and `height` are
   * those after that. Absent: not at all, or ffmpeg does it (`rotation`).
   */
  readonly orientation?: Orientation
  /** How often an animated picture is played; absent: again and again, or it is none. */
  readonly plays?: number
  readonly frameRate: Rational
  /** Frames in the stream, counted by a scan of its packets; null before that. */
  readonly frameCount: number | null
  /** Position of the first frame on the file's own timeline, in seconds. */
  readonly startSec: number
  /** When the frame is shown that is shown last, likewise. Absent: the packets have not been scanned, or by an old version. */
  readonly lastFrameSec?: number
  readonly durationSec: number
  readonly bitRate: number | null
  /** `tv` or `pc`, and the matrix, as tagged; null when untagged. */
  readonly colorRange: string | null
  readonly colorSpace: string | null
  /** As tagged, e.g. `smpte2084` and `bt2020`; null when untagged. */
  readonly colorTransfer: string | null
  readonly colorPrimaries: string | null
  /** ffprobe's `progressive`, `tt`, `bb`, `tb` or `bt`; null when unknown. */
  readonly fieldOrder: string | null
  /**
   * The transparency is coded as a second picture, as in WebM, which `pixelFormat` does not show. Facts that older
   * versions saved lack this.
   */
  readonly hasAlphaLayer?: true
  /** Absent: the picture is not in PQ, says nothing, or was not examined. */
  readonly staticHdr?: StaticHdr
  /** Absent: the file has none, or an older version has examined it. */
  readonly dolbyVision?: DolbyVision
  /**
   * Decoded from a later key frame on the pictures are other ones, since the decoder needs what only the first packets
   * say. Absent: they are the same, or it has not been tried.
   */
  readonly needsStart?: true
  /** The frames are not equally long. */
  readonly isVariableRate: boolean
  /** Absent: none, or not examined yet. */
  readonly jumps?: readonly TimeJump[]
  /** null: no frame can be copied. Absent: not examined yet. */
  readonly groups?: CodedGroups | null
  /** Absent: nothing is missing, or not examined yet. */
  readonly damage?: Damage
}

/** What a decoder makes of sound. */
export interface SoundForm {
  readonly sampleRate: number
  /** ffmpeg's name, or `12 channels` where these have no places. */
  readonly layout: string
}

export interface AudioFacts {
  readonly index: number
  readonly codec: string
  readonly sampleRate: number
  readonly channels: number
  /** ffmpeg's name, e.g. `5.1(side)`; null when unknown. */
  readonly channelLayout: string | null
  /** The file marks the track as the one to play. */
  readonly isDefault: boolean
  readonly language: string | null
  /** Absent: the track is the sound of the picture. */
  readonly role?: 'description' | 'commentary'
  /** It is of another programme of the file than the picture. Absent: it is not. */
  readonly isOfOtherProgram?: true
  /** ffmpeg has no decoder for it. */
  readonly cannotDecode?: true
  readonly startSec: number
  /** How far the times of packets vary around those that the samples have, as in recordings of browsers. Absent: not. */
  readonly jitterSec?: number
  /** There are times without sound between its packets. Absent: none, or not examined. */
  readonly hasGaps?: true
  readonly durationSec: number
  /**
   * The forms that the sound has one after another, if it changes on the way, or is joined of files that count their times
   * anew. Absent: it does not, or it is not known.
   */
  readonly forms?: readonly SoundForm[]
  readonly jumps?: readonly TimeJump[]
  readonly damage?: Damage
}

export interface MediaFacts extends FoundTexts {
  /** The demuxer's name as ffprobe prints it, e.g. `mov,mp4,m4a,3gp,3g2,mj2`. */
  readonly format: string
  /** MIME type to serve the file with, and extension (without the dot) to store it under. */
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
  /** Number of sound tracks without sound, which are not in `audio`. */
  readonly emptyTracks?: number
  /** The file is of a kind that is drawn anew for ffmpeg: all facts but its type are those of the drawing. */
  readonly drawnFrom?: DrawnKind
  /**
   * A track begins so far into the file that ffmpeg does not find it where it usually looks: see `lookArgs`. Absent: all
   * begin early.
   */
  readonly beginsLate?: true
  /** Bytes of another file that begins behind the end of this one, and is not read. Absent: none. */
  readonly bytesBehind?: number
  /** A scan of the packets has found the lengths and the damage. */
  readonly isMeasured?: true
}
