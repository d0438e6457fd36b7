import type { CueRegion, Span } from '../cue.js'
import { type CueFile, gatherCues } from '../cue-file.js'
import { type CueStyles, readCueStyles } from '../cue-styles.js'
import { parseMarkup } from '../parse-markup.js'
import { isBlank } from '../split-lines.js'
import { parseSrt } from './parse-srt.js'
import { arrowTiming, isAlmostTiming } from './timing.js'
import { parseRegion } from './vtt-region.js'
import { positionOfSettings } from './vtt-settings.js'

const ARROW = '-->'

/** Files that were saved by an editor of texts may have blanks before the word. */
const SIGNATURE = /^\s*WEBVTT(?:\s|$)/

/**
 * Reads WebVTT (https://www.w3.org/TR/webvtt1/): blocks between empty lines; those with times are cues. Where the
 * standard drops the whole of a file or of a cue, players and this go on with what can be read.
 * @throws SubtitleFault when nothing is left
 */
export function parseVtt(lines: readonly string[]): CueFile {
  const first = lines.findIndex((line) => !isBlank(line))
  // Without its first word it is what a program has made of SRT.
  if (!SIGNATURE.test(lines[first] ?? '')) return parseSrt(lines)
  const gatherer = gatherCues()
  const regions = new Map<string, CueRegion>()
  let styles: CueStyles = new Map()
  for (let index = first + 1; index < lines.length; index += 1) {
    const line = lines[index] ?? ''
    if (/^REGION\s*$/.test(line)) {
      const block = blockFrom(lines, index + 1)
      const region = parseRegion(block)
      if (region) regions.set(region.id, region)
      index += block.length
      continue
    }
    if (/^STYLE\s*$/.test(line)) {
      const block = blockFrom(lines, index + 1)
      styles = readCueStyles(block.join('\n'), styles)
      index += block.length
      continue
    }
    const timing = arrowTiming(line)
    if (timing) {
      const body = blockFrom(lines, index + 1)
      const text = body.map((one) => one.trim()).join('\n')
      const position = positionOfSettings(timing.settings, text, regions)
      const cue = parseMarkup(text.trim(), position, styles)
      const spans = position.writing === 'vertical-lr' ? reverseLines(cue.spans) : cue.spans
      gatherer.add({ ...timing, spans, position: cue.position }, index + 1)
      index += body.length
    } else if (isAlmostTiming(line) || (line.includes(ARROW) && isHeading(lines, index))) {
      gatherer.leaveOut(index + 1, 'is not two times like 00:01:02.500 --> 00:01:04.000')
      index += blockFrom(lines, index + 1).length
    }
  }
  return gatherer.finish()
}

/** Whether a line stands where the times of a cue do: first in its block, or below a name. Notes may say anything. */
function isHeading(lines: readonly string[], index: number): boolean {
  if (/^(?:NOTE|STYLE)\b/.test(lines[index - 1] ?? '') || /^NOTE\b/.test(lines[index] ?? '')) return false
  return isBlank(lines[index - 1]) || isBlank(lines[index - 2])
}

/** Lines up to the next empty one, or to the times of the next cue where the empty line is missing. */
function blockFrom(lines: readonly string[], start: number): readonly string[] {
  let end = start
  while (end < lines.length && !isBlank(lines[end]) && !arrowTiming(lines[end] ?? '')) end += 1
  return lines.slice(start, end)
}

/** The last line first: vertical lines are drawn from the right, and these are read from the left. */
function reverseLines(spans: readonly Span[]): Span[] {
  const lines: Span[][] = [[]]
  for (const span of spans) {
    span.text.split('\n').forEach((part, index) => {
      if (index > 0) lines.push([])
      lines.at(-1)?.push({ ...span, text: part })
    })
  }
  const [first = [], ...others] = lines.toReversed()
  return [
    ...first,
    ...others.flatMap(([start, ...rest]) => (start ? [{ ...start, text: `\n${start.text}` }, ...rest] : [])),
  ]
}
