/** What a film has beside its picture and its sound. All texts are in side files: arguments have none of a user. */
export interface Additions {
  /** Side file in ffmpeg's own format for the title, the chapters, and what the tracks are called. */
  readonly labels: string
  readonly hasChapters: boolean
  /** Tracks of sound that have labels, before those of the subtitles. Absent: none has. */
  readonly sounds?: readonly { readonly isDefault: boolean }[]
  /** In the order of the labels. */
  readonly subtitles: readonly AddedSubtitles[]
}

export interface AddedSubtitles {
  /** Name of a side file in SubRip or WebVTT. */
  readonly file: string
  readonly format: 'srt' | 'vtt'
  readonly isDefault: boolean
  readonly isForced: boolean
}

/** A track of sound of an HLS or DASH stream. */
export interface StreamedSound {
  /** BCP 47; null: unknown. */
  readonly language: string | null
  readonly name: string
  readonly isDefault: boolean
}

/** A track of subtitles of an HLS or DASH stream. */
export interface StreamedSubtitles {
  /** Name of the WebVTT file, which is a side file. */
  readonly file: string
  /** BCP 47; null: unknown. */
  readonly language: string | null
  readonly name: string
  readonly isDefault: boolean
  readonly isForced: boolean
}
