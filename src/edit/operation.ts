import type { AudioChoice } from './fields/audio-choice.js'
import type { ShownImage } from './fields/shown-image.js'
import type { BlurOperation } from './operations/blur.js'
import type { ColorOperation } from './operations/color.js'
import type { ConcatOperation } from './operations/concat.js'
import type { CropOperation } from './operations/crop.js'
import type { DeinterlaceOperation } from './operations/deinterlace.js'
import type { FadeOperation } from './operations/fade.js'
import type { FlipOperation } from './operations/flip.js'
import type { LoudnessOperation } from './operations/loudness.js'
import type { MuteOperation } from './operations/mute.js'
import type { OverlayOperation } from './operations/overlay.js'
import type { PadOperation } from './operations/pad.js'
import type { ReplaceAudioOperation } from './operations/replace-audio.js'
import type { ResizeOperation } from './operations/resize.js'
import type { RotateOperation } from './operations/rotate.js'
import type { SpeedOperation } from './operations/speed.js'
import type { SubtitlesOperation } from './operations/subtitles.js'
import type { TrimOperation } from './operations/trim.js'
import type { VignetteOperation } from './operations/vignette.js'
import type { VolumeOperation } from './operations/volume.js'
import type { WatermarkOperation } from './operations/watermark.js'
import type { ZoomOperation } from './operations/zoom.js'
import type { OutputRequest } from './output/output.js'

/**
 * The edit as a client writes it. The field names are those of the REST contract (snake_case): this model *is* the
 * contract. Times are in seconds on the timeline that earlier operations have left, positions in pixels of the picture
 * at that point, from its top left corner.
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
  | VignetteOperation
  | DeinterlaceOperation
  | ConcatOperation
  | SubtitlesOperation
  | ZoomOperation

export interface Edit {
  readonly operations: readonly Operation[]
  /** null: one file at the edited picture's own size. */
  readonly output: OutputRequest | null
  /** Absent or null: the default track. */
  readonly audio?: AudioChoice | null
  /** How an upload that is an image is shown. Absent or null: the upload is a video. */
  readonly image?: ShownImage | null
}
