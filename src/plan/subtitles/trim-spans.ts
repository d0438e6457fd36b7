import type { Span } from './cue.js'

/** Stands between spans while their lines are trimmed together: a noncharacter of Unicode, which no text has. */
const SEAM = '\ufdd0'

/**
 * Spans without blanks at the ends of lines and without empty lines around them. Blanks there would be drawn, and would
 * put a centred line out of the middle.
 */
export function trimSpans(spans: readonly Span[]): Span[] {
  const joined = spans.map(({ text }) => text.replaceAll(SEAM, '')).join(SEAM)
  const lines = joined.split('\n').map(trimLine)
  const first = lines.findIndex(hasText)
  if (first < 0) return []
  const last = lines.findLastIndex(hasText)
  const [above, below] = [lines.slice(0, first), lines.slice(last + 1)]
  const kept = `${above.join('')}${lines.slice(first, last + 1).join('\n')}${below.join('')}`
  const texts = kept.split(SEAM)
  return spans.flatMap((span, index) => {
    const text = texts[index] ?? ''
    return text === '' ? [] : [{ ...span, text }]
  })
}

function hasText(line: string): boolean {
  return line.replaceAll(SEAM, '').trim() !== ''
}

/** Without blanks at its ends; what stands between spans stays. */
function trimLine(line: string): string {
  const isOuter = (index: number) => [' ', '\t', SEAM].includes(line.charAt(index))
  let [start, end] = [0, line.length]
  while (start < end && isOuter(start)) start += 1
  while (end > start && isOuter(end - 1)) end -= 1
  const seams = (text: string) => text.replace(/[ \t]/g, '')
  return seams(line.slice(0, start)) + line.slice(start, end) + seams(line.slice(end))
}
