import type { ErrorCode } from '../../src/errors.js'
import type { WarningCode } from '../../src/plan/model/plan.js'

/** A file that users have, how ffmpeg makes it, and what an edit without operations makes of it. */
export interface CorpusFile {
  readonly name: string
  /** Arguments of ffmpeg before the file's path. */
  readonly make: readonly string[]
  /** What happens to the file's bytes afterwards. */
  readonly change?: (bytes: Buffer) => Buffer
  readonly expected: ExpectedFile | { readonly error: ErrorCode }
}

export interface ExpectedFile {
  readonly width: number
  readonly height: number
  /** Exact, or a minimum and a maximum where other versions of encoders make packets of other sizes. */
  readonly frames: number | readonly [least: number, most: number]
  readonly hasAudio: boolean
  readonly warnings: readonly WarningCode[]
  /** The red, green and blue in the middle of the first frame, where the colour matters. */
  readonly color?: readonly [number, number, number]
  /** The frame numbers of `numberedVideo` at both ends, where it is the source; null: any frame. */
  readonly numbers?: readonly [first: number | null, last: number | null]
  /** The time at which the tone of `beeps` for second 1 is heard, if there is one. */
  readonly beepSec?: number
  /** The peak of the sound, 0 to 1, where the level matters. */
  readonly peak?: number
}
