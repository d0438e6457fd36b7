import { DEFAULT_POSITION } from '../cue.js'
import { type CueFile, gatherCues } from '../cue-file.js'
import { parseMarkup } from '../parse-markup.js'
import { isBlank } from '../split-lines.js'
import { SubtitleFault } from '../subtitle-fault.js'

const MICRODVD = /^\s*\{(\d{1,9})\}\s*\{(\d{0,9})\}(.*)$/
const MPL2 = /^\s*\[(\d{1,9})\]\s*\[(\d{0,9})\](.*)$/

/** MPL2 counts tenths of a second. */
const MPL2_RATE = 10

/**
 * Reads MicroDVD, which counts frames: `{25}{75}text`. Its first line says how many there are in a second; the frame
 * rate of the video that the file was made for is not known here.
 * @throws SubtitleFault when nothing is left, or the rate is missing
 */
export function parseMicrodvd(lines: readonly string[]): CueFile {
  const first = lines.findIndex((line) => !isBlank(line))
  const stated = Number(
    MICRODVD.exec(lines[first] ?? '')?.[3]
      ?.trim()
      .replace(',', '.'),
  )
  if (!(stated >= 1 && stated <= 1000)) {
    const advice = 'add a first line like {1}{1}25'
    throw new SubtitleFault(null, `counts frames, but does not say how many there are in a second: ${advice}`)
  }
  return parseCounted(lines, { pattern: MICRODVD, rate: stated, skip: first + 1 })
}

/** @throws SubtitleFault when nothing is left */
export function parseMpl2(lines: readonly string[]): CueFile {
  return parseCounted(lines, { pattern: MPL2, rate: MPL2_RATE, skip: 0 })
}

interface Counting {
  readonly pattern: RegExp
  readonly rate: number
  readonly skip: number
}

/** A bar ends a line, and a slash in front of one makes it slanted. */
function parseCounted(lines: readonly string[], { pattern, rate, skip }: Counting): CueFile {
  const gatherer = gatherCues()
  lines.forEach((line, index) => {
    if (index < skip || isBlank(line)) return
    const [, start, end, rest = ''] = pattern.exec(line) ?? []
    if (!start || !end) {
      gatherer.leaveOut(index + 1, 'does not begin with two numbers')
      return
    }
    const text = rest
      .split('|')
      .map((part) => part.trim().replace(/^\/(.*)$/, '<i>$1</i>'))
      .join('\n')
    const times = { startMs: (Number(start) / rate) * 1000, endMs: (Number(end) / rate) * 1000 }
    gatherer.add({ ...times, ...parseMarkup(text, DEFAULT_POSITION) }, index + 1)
  })
  return gatherer.finish()
}
