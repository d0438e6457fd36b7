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
  /** null for kinds that a probe has nothing to say of. */
  readonly facts: MediaFacts | null
  /** Of subtitles. */
  readonly subtitles?: SubtitleFile
  /** Of a font that can be read. */
  readonly font?: FontFacts
}

/** Everything the compiler knows of the world. */
export interface Sources {
  readonly video: Source
  readonly assets: ReadonlyMap<string, AssetSource>
  /** Other videos that the edit names, by id as it writes them. */
  readonly videos: ReadonlyMap<string, Source>
}

export type SubtitleFormat = 'srt' | 'vtt' | 'ass'

/** A file of subtitles as it was decoded. */
export interface SubtitleFile {
  readonly format: SubtitleFormat
  readonly text: string
}
