/** What is wrong with a file of subtitles. The message goes behind `line 7` or `the file`: `has no cues`. */
export class SubtitleFault extends Error {
  /** Counted from 1; null: the fault concerns the whole file. */
  readonly line: number | null

  constructor(line: number | null, message: string) {
    super(message)
    this.name = 'SubtitleFault'
    this.line = line
  }
}
