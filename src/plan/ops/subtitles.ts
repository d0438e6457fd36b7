import type { SubtitlesOperation } from '../../edit/operations/subtitles.js'
import { assertNever } from '../../errors.js'
import type { CompileContext } from '../context.js'
import { type FrameWindow, isEmpty, overlaps } from '../frames/frame-window.js'
import { durationSec, type Timeline } from '../frames/timeline.js'
import { visibleFrames } from '../frames/visible-frames.js'
import { findSubtitleAsset } from '../layers/find-asset.js'
import { type Cue, textOf } from '../subtitles/cue.js'
import { cueScript } from '../subtitles/cue-script.js'
import { drawnFrames, laySubtitles } from '../subtitles/lay-subtitles.js'
import { ownScript } from '../subtitles/own-script.js'
import type { AssEvent, AssFile } from '../subtitles/parse-ass.js'
import { plainCues, plainText } from '../subtitles/plain-cues.js'
import { readSubtitles, type Subtitles } from '../subtitles/read-subtitles.js'
import { readingWarnings } from '../subtitles/reading-warnings.js'
import { MAX_PARTS, styleCues, wordTimesWarning } from '../subtitles/style-cues.js'
import { countLayers } from '../text/colour-emoji.js'
import { missingCharacters, nameCharacters } from '../text/missing-glyphs.js'
import { plainEmojiWarning } from '../text/plain-emoji-warning.js'

/** Burns subtitles in. A cue is shown on the frames that start within its times. */
export function applySubtitles(
  context: CompileContext,
  op: SubtitlesOperation,
  timeline: Timeline,
): Timeline {
  const subtitles = findSubtitles(context, op)
  if (!subtitles) return timeline
  const target = { op, timeline, window: visibleFrames(op, timeline) }
  switch (subtitles.kind) {
    case 'cues':
      return layCues(context, target, subtitles.cues)
    case 'ass':
      return op.restyle
        ? layCues(context, target, plainCues(subtitles.file))
        : layOwn(context, target, subtitles.file)
    default:
      return assertNever(subtitles)
  }
}

/** What subtitles are laid over. */
interface Target {
  readonly op: SubtitlesOperation
  readonly timeline: Timeline
  /** The frames on which the operation shows cues. */
  readonly window: FrameWindow
}

/** The subtitles of the operation; null, with the mistake noted, when there are none or they cannot be read. */
function findSubtitles(context: CompileContext, op: SubtitlesOperation): Subtitles | null {
  const { findings, pointer } = context
  const file = findSubtitleAsset(context, 'subtitles', op.subtitles)
  if (!file) return null
  const reading = readSubtitles(file)
  if (reading.ok) {
    for (const warning of readingWarnings(op.subtitles, file, reading.subtitles)) findings.warn(warning)
    return reading.subtitles
  }
  findings.reject(`${pointer}/subtitles`, `"${op.subtitles}" cannot be read: ${reading.fault}`)
  return null
}

/** Lays cues of SRT or WebVTT, or the texts of an ASS file, in the style of the operation. */
function layCues(context: CompileContext, target: Target, cues: readonly Cue[]): Timeline {
  const { op, timeline, window } = target
  const styled = findStyled(context, op, cues)
  if (!styled) return timeline
  const visible = styled.flatMap((cue) => {
    const frames = cueFrames(cue.startMs / 1000, cue.endMs / 1000, target)
    return isEmpty(frames) ? [] : [{ ...cue, window: frames }]
  })
  if (visible.length === 0) return warnOfNothing(context, timeline)
  warnOfGlyphs(context, visible.map(textOf).join('\n'))
  const shown = visible.map((cue) => ({ window: cue.window, isAnimated: false }))
  const frames = drawnFrames(shown, timeline)
  const needed = visible.filter((cue) => overlaps(cue.window, frames))
  const script = cueScript(withEmoji(context, op, visible), timeline, needed)
  return laySubtitles(context.graph, timeline, { script, clock: { of: 'frames' }, shown, window })
}

/** The cues as they are shown; null, with the mistake noted, when they are too many. */
function findStyled(
  { findings, pointer }: CompileContext,
  op: SubtitlesOperation,
  cues: readonly Cue[],
): readonly Cue[] | null {
  const warning = wordTimesWarning(op, cues)
  if (warning) findings.warn(warning)
  const styled = styleCues(cues, op)
  if (styled) return styled
  const field = (op.max_words ?? null) === null ? 'max_chars' : 'max_words'
  const message = `divides the cues of "${op.subtitles}" into more than ${MAX_PARTS} parts; choose a larger number`
  findings.reject(`${pointer}/${field}`, message)
  return null
}

/** The layers of some 5000 emoji. Most chunks get a part of them. */
const MAX_LAYERS = 50_000

/** The operation, without the colours of emoji when they are too many in the whole film, which is told. */
function withEmoji(
  { findings, pointer }: CompileContext,
  op: SubtitlesOperation,
  cues: readonly Cue[],
): SubtitlesOperation {
  if ((op.emoji ?? 'mono') === 'mono') return op
  const layers = cues.reduce((sum, cue) => sum + countLayers(textOf(cue)), 0)
  if (layers <= MAX_LAYERS) return op
  findings.warn(plainEmojiWarning(pointer))
  return { ...op, emoji: 'mono' }
}

/** Lays an ASS file in its own styles, on its own clock: it may be animated to the millisecond. */
function layOwn(context: CompileContext, target: Target, file: AssFile): Timeline {
  const { op, timeline, window } = target
  const shownOf = (event: AssEvent) =>
    stretches(event)
      .map(({ fromSec, untilSec, isAnimated }) => {
        return { isAnimated, window: cueFrames(fromSec, untilSec, target) }
      })
      .filter((shown) => !isEmpty(shown.window))
  const events = file.events.filter((event) => shownOf(event).length > 0)
  if (events.length === 0) return warnOfNothing(context, timeline)
  warnOfGlyphs(context, events.map(({ text }) => plainText(text)).join('\n'))
  const shown = events.flatMap(shownOf)
  const frames = drawnFrames(shown, timeline)
  const needed = events.filter((event) => shownOf(event).some((one) => overlaps(one.window, frames)))
  const script = ownScript({ ...file, events: needed })
  return laySubtitles(context.graph, timeline, {
    script,
    clock: { of: 'file', offsetSec: op.offset },
    shown,
    window,
  })
}

interface Stretch {
  readonly fromSec: number
  readonly untilSec: number
  readonly isAnimated: boolean
}

/** The seconds of an event, split where an animation begins or ends. */
function stretches({ startCs, endCs, animation }: AssEvent): Stretch[] {
  const [fromSec, untilSec] = [startCs / 100, endCs / 100]
  if (!animation) return [{ fromSec, untilSec, isAnimated: true }]
  const [full, fading] = [fromSec + animation.inSec, untilSec - animation.outSec]
  if (full > fading) return [{ fromSec, untilSec, isAnimated: true }]
  return [
    { fromSec, untilSec: full, isAnimated: true },
    { fromSec: full, untilSec: fading, isAnimated: false },
    { fromSec: fading, untilSec, isAnimated: true },
  ]
}

/** The frames of a cue within the operation's window. */
function cueFrames(startSec: number, endSec: number, { op, timeline, window }: Target): FrameWindow {
  const times = { start_time: startSec + op.offset, end_time: endSec + op.offset }
  const { start, end } = visibleFrames(times, timeline)
  return { start: Math.max(start, window.start), end: Math.min(end, window.end) }
}

function warnOfNothing({ findings, pointer }: CompileContext, timeline: Timeline): Timeline {
  const until = durationSec(timeline).toFixed(3)
  const message = `No cue of ${pointer} is visible: the picture lasts until ${until} s.`
  findings.warn({ code: 'subtitles-never-visible', message })
  return timeline
}

function warnOfGlyphs({ findings, pointer }: CompileContext, text: string): void {
  const missing = missingCharacters(text)
  if (missing.length === 0) return
  const message = `No font has these characters in ${pointer}: ${nameCharacters(missing)}.`
  findings.warn({ code: 'missing-glyphs', message })
}
