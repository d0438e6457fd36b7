/** A stretch of the text of an ASS event. */
export interface TextRun {
  readonly text: string
  /** It is a block of overrides, with its braces. */
  readonly isBlock: boolean
}

/**
 * The blocks of a text and what is between them. A block ends at the first brace that closes; a brace that none closes is
 * text. (A pattern would look for the end from each of many open braces.)
 */
export function splitBlocks(text: string): TextRun[] {
  const runs: TextRun[] = []
  let from = 0
  for (let end = text.indexOf('}'); end >= 0; end = text.indexOf('}', end + 1)) {
    const start = text.indexOf('{', from)
    if (start < 0) break
    if (start > end) continue
    if (start > from) runs.push({ text: text.slice(from, start), isBlock: false })
    runs.push({ text: text.slice(start, end + 1), isBlock: true })
    from = end + 1
  }
  if (from < text.length) runs.push({ text: text.slice(from), isBlock: false })
  return runs
}
