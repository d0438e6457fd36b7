import type { MediaFacts, VideoFacts } from './facts.js'
import type { FontFacts } from './font-facts.js'

/** A stored file that an edit reads. */
export interface Source {
  /** Storage key. */
  readonly key: string
  readonly facts: MediaFacts
  /** Absent: the file is a film. */
  readonly shown?: ShownAs
}

/** How an image is shown as a film. The facts of such a source are those of the film. */
export interface ShownAs {
  /** Frames of the image itself on the grid of the film: 1, or more of an animation. */
  readonly ownFrames: number
  /** How often these are played before the last one is held. */
  readonly plays: number
  /** Colour of what is transparent, as the edit writes it. */
  readonly color: string
}

/** A source that is an image. */
export interface ShownSource extends Source {
  readonly facts: MediaFacts & { readonly video: VideoFacts }
  readonly shown: ShownAs
}

export function isShown(source: Source): source is ShownSource {
  return source.shown !== undefined && source.facts.video !== null
}

export const ASSET_KINDS = ['image', 'video', 'audio', 'subtitle', 'font'] as const
export type AssetKind = (typeof ASSET_KINDS)[number]

export interface AssetSource {
  readonly key: string
  readonly kind: AssetKind
  /** null: a probe says nothing about this kind. */
  readonly facts: MediaFacts | null
  /** Only for subtitles. */
  readonly subtitles?: SubtitleFile
  /** Only for fonts that can be read. */
  readonly font?: FontFacts
}

/** Everything that the compiler knows about the files of a job. */
export interface Sources {
  readonly video: Source
  readonly assets: ReadonlyMap<string, AssetSource>
  /** Other videos that the edit names, by their ids as it writes them. */
  readonly videos: ReadonlyMap<string, Source>
  /** Tracks of text of the video that the edit keeps, by their numbers; null: one is too large. Absent: it keeps none. */
  readonly texts?: ReadonlyMap<number, SubtitleFile | null>
}

export type SubtitleFormat = 'srt' | 'vtt' | 'ass' | 'sbv' | 'ttml' | 'microdvd' | 'mpl2'

/** A decoded file of subtitles. */
export interface SubtitleFile {
  readonly format: SubtitleFormat
  readonly text: string
  /** The character encoding, where it had to be guessed; absent: it is certain. */
  readonly guessedEncoding?: string
}
