import type { Edit, Operation } from '../edit/operation.js'
import type { CompileContext, Findings } from './context.js'
import { type FrameWindow, hullOf, shift } from './frames/frame-window.js'
import { framesToSec } from './frames/rational.js'
import type { Timeline } from './frames/timeline.js'
import { describeDamage } from './inputs/damage.js'
import { findAudio } from './inputs/find-audio.js'
import { openVideo, wholeVideo } from './inputs/open-video.js'
import type { PictureForm } from './inputs/picture-form.js'
import { soundEndSec, UNNOTICED_SEC } from './inputs/still-picture.js'
import { joinedFrom } from './join/join-windows.js'
import { keepWindows } from './join/keep-windows.js'
import { trimWindows } from './join/trim-windows.js'
import type { MediaFacts, VideoFacts } from './model/facts.js'
import type { Source } from './model/sources.js'

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
  warnOfLostSound(source.facts, video, window, findings)
  const audio = findAudio(source.facts, edit.audio ?? null, findings)
  const needed = wanted && parts ? hullOf(joinedFrom(parts, wanted)) : wanted
  const timeline = openVideo(graph, source, { video, window, audio, form, wanted: needed })
  return { timeline: parts ? keepWindows(graph, timeline, parts, wanted) : timeline, done }
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
    const { start } = parts[0]
    const { end } = parts.at(-1) ?? parts[0]
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

/** Warns when sound is lost because it is longer than the picture, which decides the length of the result. */
function warnOfLostSound(
  facts: MediaFacts,
  video: VideoFacts,
  { end }: FrameWindow,
  findings: Findings,
): void {
  const whole = wholeVideo(facts, video)
  const pictureSec = framesToSec(whole.end, video.frameRate)
  const soundSec = soundEndSec(facts)
  if (end < whole.end || soundSec < pictureSec + UNNOTICED_SEC) return
  const message = `The sound is ${(soundSec - pictureSec).toFixed(2)} s longer than the picture and is cut with it.`
  findings.warn({ code: 'duration-clamped', message })
}
