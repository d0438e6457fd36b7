/** A line that ffmpeg or ffprobe writes to stderr with `-loglevel level+…`: `[context @ 0x55…] [level] text`. */
export interface LogLine {
  /** The part that speaks, such as `h264` or `vist#0:0/h264`; the first of several; '' for the program itself. */
  readonly context: string
  readonly level: string
  readonly text: string
}

const LINE =
  /^(?:\[([^\]@]{1,200}) @ 0x[0-9a-f]+\] )?(?:\[[^\]@]{1,200} @ 0x[0-9a-f]+\] ){0,8}\[(\w+)\] (.*)$/

/**
 * Reads a line. null: it is none of the program's own. A tag of a file is shown at the level `info`, and the further
 * lines of a tag have no level, so no text of a file can pass for a line of another level.
 */
export function readLogLine(line: string): LogLine | null {
  const [, context = '', level, text] = LINE.exec(line) ?? []
  return level === undefined || text === undefined ? null : { context, level, text }
}

/** Whether a line says that something failed. */
export function isErrorLine({ level }: LogLine): boolean {
  return level === 'error' || level === 'fatal' || level === 'panic'
}
