/** What makes a file no subtitles, in words that go behind `line 7 is`. */
export class SubtitleFault extends Error {
  /** Counted from 1; null: it is of the whole file. */
  readonly line: number | null

  constructor(line: number | null, message: string) {
    super(message)
    this.name = 'SubtitleFault'
    this.line = line
  }
}
