import type { FontFacts, MediaFacts } from './facts.js'

/** A stored file that an edit reads. */
export interface Source {
  /** Storage key. */
  readonly key: string
  readonly facts: MediaFacts
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
}

export type SubtitleFormat = 'srt' | 'vtt' | 'ass' | 'sbv' | 'ttml' | 'microdvd' | 'mpl2'

/** A decoded file of subtitles. */
export interface SubtitleFile {
  readonly format: SubtitleFormat
  readonly text: string
  /** The character encoding, where it had to be guessed; absent: it is certain. */
  readonly guessedEncoding?: string
}
