import { DEFAULT_POSITION } from '../cue.js'
import { type CueFile, type CueGatherer, gatherCues } from '../cue-file.js'
import { parseMarkup } from '../parse-markup.js'
import { isBlank, numberOf } from '../split-lines.js'
import { arrowTiming, isAlmostTiming, type Timing } from './timing.js'

const NO_TIMES = 'is not two times like 00:01:02,500 --> 00:01:04,000'
const STRAY = 'is neither the number nor the times of a cue'

/** A line with times; null: they cannot be read. */
interface Heading {
  readonly index: number
  readonly timing: Timing | null
}

/**
 * Reads SubRip, which has no standard: a number, the times, the text. Numbers may be missing, twice or wrong, and
 * text may have empty lines: the times alone tell where a cue begins.
 * @throws SubtitleFault when nothing is left
 */
export function parseSrt(lines: readonly string[]): CueFile {
  const gatherer = gatherCues()
  const headings = findHeadings(lines)
  leaveOutBefore(lines, headings[0]?.index ?? lines.length, gatherer)
  headings.forEach(({ index, timing }, count) => {
    if (!timing) {
      gatherer.leaveOut(index + 1, NO_TIMES)
      return
    }
    const next = headings[count + 1]?.index
    const end = next === undefined ? lines.length : textEnd(lines, index, next)
    gatherer.add(
      { ...timing, ...parseMarkup(cueText(lines.slice(index + 1, end)), DEFAULT_POSITION) },
      index + 1,
    )
  })
  return gatherer.finish()
}

function findHeadings(lines: readonly string[]): Heading[] {
  return lines.flatMap((line, index): Heading[] => {
    const timing = arrowTiming(line)
    if (timing) return [{ index, timing }]
    const isNumbered = numberOf(lines[index - 1]) !== null && isBlank(lines[index - 2])
    return isAlmostTiming(line) || (isNumbered && line.includes('-->')) ? [{ index, timing: null }] : []
  })
}

function leaveOutBefore(lines: readonly string[], end: number, { leaveOut }: CueGatherer): void {
  lines.slice(0, end).forEach((line, index) => {
    if (!isBlank(line) && numberOf(line) === null) leaveOut(index + 1, STRAY)
  })
}

/**
 * Where the text of a cue ends: before the number of the next. A number that empty lines part from its times is that
 * of the next cue only if it is one more than this cue's.
 */
function textEnd(lines: readonly string[], index: number, next: number): number {
  if (numberOf(lines[next - 1]) !== null) return next - 1
  let last = next - 1
  while (last > index && isBlank(lines[last])) last -= 1
  const [number, own] = [numberOf(lines[last]), ownNumber(lines, index)]
  return last > index && number !== null && number === (own ?? NaN) + 1 ? last : next
}

function ownNumber(lines: readonly string[], index: number): number | null {
  let above = index - 1
  while (above > 0 && above > index - 4 && isBlank(lines[above])) above -= 1
  return numberOf(lines[above])
}

/** Where an empty line follows the times, every line of the file has one behind it. */
export function cueText(lines: readonly string[]): string {
  const isSpaced = lines.length > 1 && isBlank(lines[0])
  const kept = isSpaced ? lines.filter((line) => !isBlank(line)) : lines
  return kept
    .map((line) => line.trim())
    .join('\n')
    .trim()
}
