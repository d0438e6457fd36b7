/** A track of text of a file, which players show as subtitles. */
export interface TextFacts {
  /** Index of the stream. */
  readonly index: number
  readonly codec: string
  readonly language: string | null
  readonly name: string | null
  readonly isForced: boolean
}

export interface FoundTexts {
  /** Absent: none, or an older version has examined the file. */
  readonly texts?: readonly TextFacts[]
}
