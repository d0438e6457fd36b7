/** Marks of direction and joiners, which programs put in front of numbers and times. */
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069]/g

/** What no text needs: controls (libass would end its text at a NUL), and byte order marks of files that were joined. */
const UNWANTED = /[^\P{Cc}\n\r\t]|\ufeff/gu

/**
 * The lines of a file, whatever ends them. Files that were converted twice end lines with CR CR LF. Each step goes
 * over the text once: a pattern of several CR would take quadratic time for a file of nothing else.
 */
export function splitLines(text: string): string[] {
  return text
    .replace(UNWANTED, '')
    .replaceAll('\r\n', '\n')
    .replaceAll('\r\n', '\n')
    .replaceAll('\r\n', '\n')
    .replaceAll('\r', '\n')
    .split('\n')
}

/** A line without blanks at its ends and without invisible marks. */
export function bareLine(line: string): string {
  return line.replace(INVISIBLE, '').trim()
}

export function isBlank(line: string | undefined): boolean {
  return line === undefined || bareLine(line) === ''
}

/** The number that is all of a line; null: it is something else. */
export function numberOf(line: string | undefined): number | null {
  const bare = line === undefined || line.length > 40 ? '' : bareLine(line)
  return /^\d{1,15}$/.test(bare) ? Number(bare) : null
}
