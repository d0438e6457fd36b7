import { runsFromRight } from '../../text/text-direction.js'
import { PLAIN, type Span, type SpanStyle, textOf } from '../cue.js'
import { type CueFile, type CueGatherer, gatherCues } from '../cue-file.js'
import { SubtitleFault } from '../subtitle-fault.js'
import { pictureOf, positionOfStyles, type Styles, type TtmlPicture } from './ttml-layout.js'
import { headOf, spanStyleOf, stylesOf, type TtmlHead } from './ttml-styles.js'
import { clockOf, timeOf, type TtmlClock } from './ttml-times.js'
import { readXml, type XmlElement } from './xml-tree.js'

interface Document {
  readonly head: TtmlHead
  readonly clock: TtmlClock
  readonly picture: TtmlPicture
  readonly gatherer: CueGatherer
}

/** What an element has from those around it. */
interface Surroundings {
  readonly startMs: number
  readonly endMs: number
  readonly styles: Styles
  readonly letters: SpanStyle
  readonly keepsBlanks: boolean
}

/** Styles of a paragraph's place, which elements have from those around them. */
const INHERITED = ['textAlign', 'origin', 'extent', 'displayAlign', 'display', 'visibility']

/**
 * Reads TTML and DFXP (https://www.w3.org/TR/ttml2/), of which EBU-TT, IMSC and iTT are kinds: a tree of elements
 * whose times count from those of the elements around them.
 * @throws SubtitleFault when it is no such document, or nothing is left
 */
export function parseTtml(lines: readonly string[]): CueFile {
  const { root, faults } = readXml(lines.join('\n').trimStart())
  if (root.name !== 'tt')
    throw new SubtitleFault(root.line, `begins with <${root.name}>, where TTML has <tt>`)
  const gatherer = gatherCues()
  for (const line of faults) gatherer.leaveOut(line, 'breaks a rule of XML')
  const document = {
    head: headOf(root),
    clock: clockOf(root.attributes),
    picture: pictureOf(root.attributes),
    gatherer,
  }
  const around: Surroundings = {
    startMs: 0,
    endMs: Infinity,
    styles: new Map(),
    letters: PLAIN,
    keepsBlanks: root.attributes.get('space') === 'preserve',
  }
  for (const child of root.children) {
    if (typeof child !== 'string' && child.name === 'body') readContainer(document, child, around)
  }
  return gatherer.finish()
}

function readContainer(document: Document, element: XmlElement, around: Surroundings): void {
  const within = enter(document, element, around)
  if (!within) return
  let previousMs = within.startMs
  for (const child of element.children) {
    if (typeof child === 'string' || !['div', 'p'].includes(child.name)) continue
    // In a sequence each element counts from the end of the one before it.
    const isSequence = element.attributes.get('timeContainer') === 'seq'
    const own = isSequence ? { ...within, startMs: previousMs } : within
    if (child.name === 'div') readContainer(document, child, own)
    else readParagraph(document, child, own)
    previousMs = isSequence ? (enter(document, child, own)?.endMs ?? previousMs) : previousMs
  }
}

/** What is within an element; null, with the line noted, when its times cannot be read. */
function enter(
  { head, clock, gatherer }: Document,
  element: XmlElement,
  around: Surroundings,
): Surroundings | null {
  const { attributes, line } = element
  const times = ['begin', 'end', 'dur'].map((name) => {
    const text = attributes.get(name)
    return text === undefined ? null : (timeOf(text, clock) ?? NaN)
  })
  if (times.some(Number.isNaN)) {
    gatherer.leaveOut(line, 'has a time that is not like 00:00:01.500 or 1.5s')
    return null
  }
  const [begin = null, end = null, dur = null] = times
  const startMs = around.startMs + (begin ?? 0)
  const endMs = Math.min(
    around.endMs,
    end === null ? Infinity : around.startMs + end,
    dur === null ? Infinity : startMs + dur,
  )
  const own = stylesOf(element, head.styles)
  const region = head.regions.get(attributes.get('region') ?? '')
  const inherited = [...around.styles].filter(([name]) => INHERITED.includes(name))
  const space = attributes.get('space')
  return {
    startMs,
    endMs,
    styles: new Map([...inherited, ...(region ?? []), ...own]),
    letters: spanStyleOf(new Map([...(region ?? []), ...own]), around.letters),
    keepsBlanks: space === undefined ? around.keepsBlanks : space === 'preserve',
  }
}

/** Runs of a paragraph that are shown for the same time. */
interface TimedRuns {
  readonly startMs: number
  readonly endMs: number
  readonly spans: Span[]
}

/** A paragraph is one cue, or several when spans within it have times of their own. */
function readParagraph(document: Document, element: XmlElement, around: Surroundings): void {
  const within = enter(document, element, around)
  if (!within || within.styles.get('display') === 'none' || within.styles.get('visibility') === 'hidden')
    return
  const groups: TimedRuns[] = []
  readRuns(document, element, { within, groups })
  for (const { startMs, endMs, spans } of groups) {
    const text = textOf({ spans })
    const position = positionOfStyles(within.styles, document.picture, runsFromRight(text))
    document.gatherer.add({ startMs, endMs: Math.min(endMs, LAST_MS), spans, position }, element.line)
  }
}

/** The end of a cue without one. */
const LAST_MS = 100 * 3_600_000

interface Runs {
  readonly within: Surroundings
  readonly groups: TimedRuns[]
}

function readRuns(document: Document, element: XmlElement, { within, groups }: Runs): void {
  for (const child of element.children) {
    if (typeof child === 'string') addRun(groups, within, child)
    else if (child.name === 'br') addRun(groups, { ...within, keepsBlanks: true }, '\n')
    else if (child.name === 'span') {
      const inner = enter(document, child, within)
      if (inner) readRuns(document, child, { within: inner, groups })
    }
  }
}

function addRun(groups: TimedRuns[], within: Surroundings, text: string): void {
  const { startMs, endMs, letters, keepsBlanks } = within
  const last = groups.at(-1)
  const isAfterBlank = last?.spans.at(-1)?.text.endsWith(' ') ?? false
  const run = keepsBlanks
    ? text
    : text.replace(/[ \t\n]+/g, ' ').slice(isAfterBlank && /^[ \t\n]/.test(text) ? 1 : 0)
  const isBlank = run.trim() === ''
  // Blanks and line ends between spans with times belong to no time of their own.
  if (last && (isBlank || (last.startMs === startMs && last.endMs === endMs)))
    last.spans.push({ text: run, style: letters })
  else if (!isBlank) groups.push({ startMs, endMs, spans: [{ text: run, style: letters }] })
}
