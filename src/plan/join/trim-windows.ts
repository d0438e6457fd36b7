import type { Stretch, TrimOperation } from '../../edit/operations/trim.js'
import type { Findings } from '../context.js'
import type { FrameWindow } from '../frames/frame-window.js'
import { nearestFrame } from '../frames/rational.js'
import { durationSec, type Timeline } from '../frames/timeline.js'

/** Container durations are rounded, and clients send them back: an end up to this far past the end is the end. */
const END_TOLERANCE_SEC = 0.05

/** What a trim is applied to. */
interface Extent {
  readonly frameRate: Timeline['frameRate']
  readonly frameCount: number
  /** The duration that the client was told, in seconds; it may be longer than that of the frames. */
  readonly statedSec: number
  /** What a scan found missing of the source, for people; absent or null: nothing. */
  readonly damage?: string | null
}

/** The windows that a trim keeps, ascending, none touching the next; cuts snap to the nearest frame. */
export function trimWindows(
  op: TrimOperation,
  extent: Extent,
  findings: Findings,
  pointer: string,
): readonly [FrameWindow, ...FrameWindow[]] {
  if ('segments' in op) {
    const kept = snapAll(op.segments, extent, findings, `${pointer}/segments`)
    for (const segment of op.segments) warnOfSoundAlone(segment, extent, findings)
    return orRejected(kept, extent, findings, `${pointer}/segments`)
  }
  if ('remove' in op) {
    const kept = between(snapAll(op.remove, extent, findings, `${pointer}/remove`), extent.frameCount)
    return orRejected(kept, extent, findings, `${pointer}/remove`)
  }
  checkStretch(op, extent, findings, pointer)
  warnOfSoundAlone(op, extent, findings)
  const { start, end } = snap(op, extent)
  const first = Math.min(start, extent.frameCount - 1)
  return [{ start: first, end: Math.max(end, first + 1) }]
}

function snap({ start_time, end_time }: Stretch, { frameRate, frameCount }: Extent): FrameWindow {
  const [start, end] = [start_time, end_time].map((sec) => Math.min(nearestFrame(sec, frameRate), frameCount))
  return { start: start ?? 0, end: end ?? 0 }
}

/** Stretches that touch become one window; one that lies between two frames is left out. */
function snapAll(
  stretches: readonly Stretch[],
  extent: Extent,
  findings: Findings,
  pointer: string,
): FrameWindow[] {
  const windows: FrameWindow[] = []
  for (const [index, stretch] of stretches.entries()) {
    checkStretch(stretch, extent, findings, `${pointer}/${index}`)
    const before = stretches[index - 1]
    if (before && stretch.start_time < before.end_time) {
      const message = `"start_time" is ${stretch.start_time} s, but the part before ends at ${before.end_time} s`
      findings.reject(`${pointer}/${index}/start_time`, message)
    }
    const window = snap(stretch, extent)
    const last = windows.at(-1)
    if (last?.end === window.start) windows[windows.length - 1] = { start: last.start, end: window.end }
    else if (window.end > window.start) windows.push(window)
  }
  return windows
}

/** The windows around the removed ones. */
function between(removed: readonly FrameWindow[], frameCount: number): FrameWindow[] {
  const starts = [0, ...removed.map(({ end }) => end)]
  const ends = [...removed.map(({ start }) => start), frameCount]
  return starts
    .map((start, index) => ({ start, end: ends[index] ?? frameCount }))
    .filter(({ start, end }) => end > start)
}

function orRejected(
  [first, ...others]: readonly FrameWindow[],
  { frameCount }: Extent,
  findings: Findings,
  pointer: string,
): readonly [FrameWindow, ...FrameWindow[]] {
  if (first) return [first, ...others]
  findings.reject(pointer, 'no frame of the picture would be left')
  return [{ start: 0, end: frameCount }]
}

function checkStretch(stretch: Stretch, extent: Extent, findings: Findings, pointer: string): void {
  const pictureSec = durationSec(extent)
  const reason = extent.damage ? `. The file is damaged: ${extent.damage}` : ''
  if (stretch.start_time >= pictureSec) {
    findings.reject(
      `${pointer}/start_time`,
      `"start_time" is ${stretch.start_time} s, but the picture ends at ${pictureSec.toFixed(3)} s${reason}`,
    )
  }
  if (stretch.end_time > Math.max(extent.statedSec, pictureSec) + END_TOLERANCE_SEC) {
    const shown = extent.statedSec.toFixed(3)
    findings.reject(
      `${pointer}/end_time`,
      `"end_time" is ${stretch.end_time} s, but the material ends at ${shown} s${reason}`,
    )
  }
}

function warnOfSoundAlone({ end_time }: Stretch, extent: Extent, findings: Findings): void {
  const pictureSec = durationSec(extent)
  const isPastAll = end_time > Math.max(extent.statedSec, pictureSec) + END_TOLERANCE_SEC
  if (isPastAll || end_time <= pictureSec + END_TOLERANCE_SEC) return
  findings.warn({
    code: 'duration-clamped',
    message: `The trim ends with the picture, at ${pictureSec.toFixed(3)} s: after that there is only sound.`,
  })
}
