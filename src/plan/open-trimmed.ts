import type { Edit, Operation } from '../edit/operation.js'
import type { CompileContext, Findings } from './context.js'
import { type FrameWindow, hullOf, lengthOf, shift } from './frames/frame-window.js'
import { framesToSec } from './frames/rational.js'
import type { Timeline } from './frames/timeline.js'
import type { GraphBuilder } from './graph/graph-builder.js'
import { imageForm, openImage } from './images/open-image.js'
import { playOn } from './images/play-on.js'
import { describeDamage } from './inputs/damage.js'
import { findAudio } from './inputs/find-audio.js'
import { openVideo, wholeVideo } from './inputs/open-video.js'
import type { PictureForm } from './inputs/picture-form.js'
import { drawnAt } from './inputs/source-input.js'
import { joinParts, type NeededPart } from './join/join-parts.js'
import { keepWindows } from './join/keep-windows.js'
import { describeLostSound } from './join/lost-sound.js'
import { readBy, type Run, runsOf } from './join/runs.js'
import { trimWindows } from './join/trim-windows.js'
import type { MediaFacts, VideoFacts } from './model/facts.js'
import type { Size } from './model/size.js'
import { isShown, type ShownSource, type Source } from './model/sources.js'

interface Opened {
  readonly timeline: Timeline
  /** How many operations at the head of the edit are done by opening. */
  readonly done: number
}

interface Opening {
  readonly video: VideoFacts
  readonly form: PictureForm
  /** The frames that are needed of what the trims at the head leave; null: all. */
  readonly wanted: FrameWindow | null
}

/**
 * Opens the video of an edit. Trims at the head need no filter: the source is opened at the first frame that
 * they leave.
 */
export function openTrimmed(
  edit: Edit,
  source: Source,
  { graph, findings }: Pick<CompileContext, 'graph' | 'findings'>,
  { video, form, wanted }: Opening,
): Opened {
  const { window, parts, done } = narrow(edit.operations, source.facts, video, findings)
  if (done > 0 && !parts && lengthOf(window) === lengthOf(wholeVideo(source.facts, video))) {
    const message = 'The trim at /operations/0 changes nothing: it keeps all of the picture.'
    findings.warn({ code: 'no-effect', message })
  }
  const lost = describeLostSound(source.facts, video, window)
  if (lost) findings.warn({ code: 'duration-clamped', message: lost })
  const audio = findAudio(source.facts, edit.audio ?? null, findings)
  const { downmix } = edit.audio ?? {}
  const openWindow = (read: Pick<Opening, 'wanted'> & { readonly window: FrameWindow }): Timeline =>
    isShown(source)
      ? openShown(graph, source, { video, form, ...read })
      : openVideo(graph, source, { video, audio, downmix, form, ...read })
  if (!parts) return { timeline: openWindow({ window, wanted }), done }
  const open = ({ part, needed }: NeededPart<Run>): Timeline => {
    const hull = hullOf(part.windows)
    const [first, ...others] = shifted(part.windows, -hull.start)
    const kept = [first, ...others] as const
    const read = wanted && readBy({ part: { ...part, windows: kept }, needed })
    const opened = openWindow({ window: shift(hull, window.start), wanted: read })
    return keepWindows(graph, opened, kept, wanted && needed)
  }
  const runs = runsOf(parts)
  const [only] = runs
  const timeline =
    runs.length === 1 && only
      ? open({ part: only, needed: wanted ?? { start: 0, end: 0 } })
      : joinParts(graph, runs, wanted, open)
  return { timeline: timeline ?? openWindow({ window, wanted }), done }
}

/** Opens an image as the film that it is shown as. */
function openShown(
  graph: GraphBuilder,
  source: ShownSource,
  { video, form, ...read }: Opening & { readonly window: FrameWindow },
): Timeline {
  const { shown } = source
  const opened = openImage(graph, source, { video, form: imageForm(form) })
  const timeline = playOn(graph, opened, { shown, ...read })
  if (source.facts.drawnFrom !== 'svg') return timeline
  const at = (size: Size): string => {
    const facts = { ...source.facts, video: { ...video, ...size } }
    const drawn = drawnAt(facts, size)
    const own = openImage(
      graph,
      { ...source, facts: { ...facts, ...drawn, video: drawn.video ?? facts.video } },
      { video: drawn.video ?? video, form: imageForm(form) },
    )
    return playOn(graph, own, { shown, ...read }).videoPad
  }
  return { ...timeline, drawing: { videoPad: timeline.videoPad, at } }
}

export interface Narrowed {
  readonly window: FrameWindow
  /** Parts of the window that the last trim keeps; null: all of it. */
  readonly parts: ReturnType<typeof trimWindows> | null
  readonly done: number
}

/** What the trims at the head of an edit leave of its source. */
export function narrow(
  operations: readonly Operation[],
  facts: MediaFacts,
  video: VideoFacts,
  findings: Findings,
): Narrowed {
  let window = wholeVideo(facts, video)
  let statedSec = facts.durationSec
  let done = 0
  for (const op of operations) {
    if (op.type !== 'trim') break
    const frameCount = window.end - window.start
    const extent = { frameRate: video.frameRate, frameCount, statedSec, damage: describeDamage(facts) }
    const parts = trimWindows(op, extent, findings, `/operations/${done}`)
    const { start, end } = hullOf(parts)
    window = { start: window.start + start, end: window.start + end }
    statedSec = framesToSec(end - start, video.frameRate)
    done += 1
    if (parts.length > 1) return { window, parts: shifted(parts, -start), done }
  }
  return { window, parts: null, done }
}

function shifted(
  [first, ...others]: ReturnType<typeof trimWindows>,
  frames: number,
): ReturnType<typeof trimWindows> {
  return [shift(first, frames), ...others.map((part) => shift(part, frames))]
}
