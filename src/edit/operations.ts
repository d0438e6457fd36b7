import type { ConcatOperation } from './concat.js'
import type { AudioChoice } from './audio-choice.js'
import type { LoudnessOperation } from './loudness.js'
import type { OutputRequest } from './output.js'
import type { OverlayOperation } from './overlay.js'
import type { ReplaceAudioOperation } from './replace-audio.js'
import type { SubtitlesOperation } from './subtitles.js'
import type { WatermarkOperation } from './watermark.js'

/**
 * The edit as a client writes it. The field names are the REST contract's own (snake_case): this model *is*
 * the contract. Times are seconds on the timeline that the operations before have left; positions are
 * pixels of the picture at that point, from its top left corner.
 */
export type Operation =
  | TrimOperation
  | OverlayOperation
  | WatermarkOperation
  | CropOperation
  | PadOperation
  | ResizeOperation
  | RotateOperation
  | FlipOperation
  | SpeedOperation
  | FadeOperation
  | VolumeOperation
  | MuteOperation
  | LoudnessOperation
  | ReplaceAudioOperation
  | ColorOperation
  | BlurOperation
  | DeinterlaceOperation
  | ConcatOperation
  | SubtitlesOperation

/**
 * `exact`: all is coded anew. `smart`: whole groups of frames are copied, and only those at the cuts coded anew.
 * `keyframe`: all is copied, from key frame to key frame. null: `smart` where that is possible.
 */
export type TrimMode = 'exact' | 'smart' | 'keyframe'

export type TrimOperation = StretchTrim | SegmentsTrim | RemoveTrim

/** Keeps one stretch. */
export interface StretchTrim extends Stretch {
  readonly type: 'trim'
  readonly mode: TrimMode | null
}

/** Keeps several parts, ascending, and joins them in order. */
export interface SegmentsTrim {
  readonly type: 'trim'
  readonly segments: readonly Stretch[]
  readonly mode: TrimMode | null
}

/** Keeps what lies around several parts, ascending. */
export interface RemoveTrim {
  readonly type: 'trim'
  readonly remove: readonly Stretch[]
  readonly mode: TrimMode | null
}

/** Seconds, [start_time, end_time). */
export interface Stretch {
  readonly start_time: number
  readonly end_time: number
}

/** Keeps a part of the picture. */
export interface CropOperation {
  readonly type: 'crop'
  /** Pixels. */
  readonly width: number
  readonly height: number
  /** Of the part's top left corner; null: in the middle. */
  readonly x: number | null
  readonly y: number | null
}

/** Puts the picture on a larger one. */
export interface PadOperation {
  readonly type: 'pad'
  /** Pixels of the new picture. */
  readonly width: number
  readonly height: number
  /** `blur`: the picture itself, covering and blurred. */
  readonly background: 'color' | 'blur'
  readonly color: string
}

export interface ResizeOperation {
  readonly type: 'resize'
  /** Pixels; null: as the other side and the aspect ratio have it. */
  readonly width: number | null
  readonly height: number | null
  /** `fit`: the whole picture within the box; `fill`: the box filled, what juts out cut; `stretch`: as asked. */
  readonly fit: 'fit' | 'fill' | 'stretch'
}

export interface RotateOperation {
  readonly type: 'rotate'
  /** Degrees clockwise. */
  readonly angle: 90 | 180 | 270
}

export interface FlipOperation {
  readonly type: 'flip'
  /** `horizontal` swaps left and right. */
  readonly direction: 'horizontal' | 'vertical'
}

export interface SpeedOperation {
  readonly type: 'speed'
  /** 2 plays twice as fast. The pitch is kept. */
  readonly factor: number
}

/** From and to a colour and silence. */
export interface FadeOperation {
  readonly type: 'fade'
  /** Seconds at the start and at the end; 0: none. */
  readonly in: number
  readonly out: number
  readonly target: 'both' | 'video' | 'audio'
  /** Of the picture. */
  readonly color: string
}

export interface VolumeOperation {
  readonly type: 'volume'
  /** Decibels. */
  readonly gain_db: number
}

/** Takes the sound away. */
export interface MuteOperation {
  readonly type: 'mute'
}

export interface ColorOperation {
  readonly type: 'color'
  /** −1 to 1; 0 changes nothing. */
  readonly brightness: number
  /** 0 to 2; 1 changes nothing. */
  readonly contrast: number
  /** 0 (gray) to 3; 1 changes nothing. */
  readonly saturation: number
}

/** Makes a part of the picture unrecognisable for a while. */
export interface BlurOperation {
  readonly type: 'blur'
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  /** Pixels that flow into one another on each side. */
  readonly radius: number
  readonly start_time: number
  readonly end_time: number | null
}

/** Makes frames of the fields of an interlaced source; the frame rate stays. */
export interface DeinterlaceOperation {
  readonly type: 'deinterlace'
}

export interface Edit {
  readonly operations: readonly Operation[]
  /** null: one file at the edited picture's own size. */
  readonly output: OutputRequest | null
  /** Absent or null: the default track. */
  readonly audio?: AudioChoice | null
}
