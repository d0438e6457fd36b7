/** What of a film is taken over from its source as it is coded. */
export interface Copies {
  /** The source, among the inputs. */
  readonly input: number
  /** So many inputs, the first, are parts of the picture that were coded anew. */
  readonly encodedParts: number
  readonly pictures: readonly CopiedPictures[]
  /** null: it was coded anew, or there is none. */
  readonly sound: CopiedSound | null
  readonly pace: Pace
  /** File of the first part. Of a film that was coded in several ways its header has to have those of all. */
  readonly head: string | null
}

/** Whole groups of the picture. */
export interface CopiedPictures {
  /** Name of the part in the work folder. */
  readonly file: string
  /** Index of the stream. */
  readonly stream: number
  /** Where to look for the first frame, in seconds from the file's start; 0: there. No key frame lies between. */
  readonly seekSec: number
  readonly frames: number
}

export interface CopiedSound {
  readonly stream: number
  readonly sampleRate: number
  /** In seconds from the file's start: from where coded sound is needed, so that it sounds right when it begins. */
  readonly seekSec: number
  /** When it begins and ends, in seconds on the file's own clock. */
  readonly startSec: number
  readonly endSec: number
}

/** The even clock of joined pictures. */
export interface Pace {
  /** A second. */
  readonly ticks: number
  readonly ticksPerFrame: number
  /** Frames by which decoding runs ahead of showing. */
  readonly aheadFrames: number
}
