/** Marks of direction and joiners, which programs put in front of numbers and times. */
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069]/
const ALL_INVISIBLE = new RegExp(INVISIBLE, 'g')

/** What no text needs: controls (libass would end its text at a NUL), and byte order marks of files that were joined. */
const UNWANTED = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufeff]/g

/**
 * The lines of a file, whatever ends them. Files that were converted twice end lines with CR CR LF. Each step goes
 * over the text once: a pattern of several CR would take quadratic time for a file of nothing else.
 */
export function splitLines(text: string): string[] {
  return text
    .replace(UNWANTED, '')
    .replace(/\r\r\n/g, '\r\n')
    .replace(/\r\r\n/g, '\r\n')
    .split(/\r\n|\r|\n/)
}

/** A line without blanks at its ends and without invisible marks. */
export function bareLine(line: string): string {
  return (INVISIBLE.test(line) ? line.replace(ALL_INVISIBLE, '') : line).trim()
}

export function isBlank(line: string | undefined): boolean {
  return line === undefined || line === '' || bareLine(line) === ''
}

/** The number that is all of a line; null: it is something else. */
export function numberOf(line: string | undefined): number | null {
  if (line === undefined || line === '' || line.length > MAX_NUMBER_LINE) return null
  const bare = bareLine(line)
  return /^\d{1,15}$/.test(bare) ? Number(bare) : null
}

/** Characters of a line that may be a number, with blanks and marks around it. */
const MAX_NUMBER_LINE = 40
