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
  /** Exactly, or at least and at most where coders of other versions make packets of other sizes. */
  readonly frames: number | readonly [least: number, most: number]
  readonly hasAudio: boolean
  readonly warnings: readonly WarningCode[]
  /** Red, green and blue in the middle of the first frame, where a colour is at stake. */
  readonly color?: readonly [number, number, number]
  /** Frame numbers of `numberedVideo` at both ends, where it is the source; null: whatever is there. */
  readonly numbers?: readonly [first: number | null, last: number | null]
  /** Where the tone of `beeps` for second 1 is heard, where there is one. */
  readonly beepSec?: number
  /** Peak of the sound, 0 to 1, where a level is at stake. */
  readonly peak?: number
}
