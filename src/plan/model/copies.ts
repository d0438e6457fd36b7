import type { TimeJump } from './facts.js'

/** What a film copies from its source as it is coded. */
export interface Copies {
  /** Index of the source among the inputs. */
  readonly input: number
  /** How many of the inputs, from the first on, are encoded parts of the picture. */
  readonly encodedParts: number
  readonly pictures: readonly CopiedPictures[]
  /** null: the sound was encoded, or there is none. */
  readonly sound: CopiedSound | null
  readonly pace: FrameClock
  /** File of the first part, whose header must have the parameter sets of all parts; null: all were coded alike. */
  readonly head: string | null
}

/** Copied groups of frames of the picture. */
export interface CopiedPictures {
  /** Name of the part in the work folder. */
  readonly file: string
  /** Index of the stream. */
  readonly stream: number
  /** Where to seek for the first frame, in seconds by the clock of the input. No key frame lies between the two. */
  readonly seekSec: number
  readonly frames: number
}

export interface CopiedSound {
  readonly stream: number
  readonly sampleRate: number
  /** Where the coded sound has to begin so that what is heard is decoded right, in seconds by the clock of the input. */
  readonly seekSec: number
  /** Start and end of what is heard, in seconds on the file's own clock. */
  readonly startSec: number
  readonly endSec: number
}

/** The clock of joined pictures, whose frames are equally long. */
export interface FrameClock {
  /** Ticks per second. */
  readonly ticks: number
  readonly ticksPerFrame: number
  /** Frames by which decoding runs ahead of display. */
  readonly aheadFrames: number
}

/** Sound that is decoded into a file of one form. */
export interface DecodedSound {
  readonly stream: number
  /** What of the file's clock is time 0 of the decoded file. Seconds. */
  readonly zeroSec: number
  /** The arguments of `pan` that give all forms of the sound the same channels. */
  readonly mix: string
  /** Channels that `mix` gives. Absent in plans of older versions: 2. */
  readonly channels?: number
  readonly durationSec: number
  readonly jumps: readonly TimeJump[]
  /** The file has no clock, so that only the samples tell the time. Absent: it has one. */
  readonly isCounted?: true
}
