import { LIMITS } from '../../edit/limits.js'
import type { Stretch, TrimOperation } from '../../edit/operations/trim.js'
import type { Findings } from '../context.js'
import { type FrameWindow, merged, totalLength } from '../frames/frame-window.js'
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

/**
 * The windows that a trim keeps, in the order in which they are joined; cuts snap to the nearest frame. None ends where
 * the next one begins.
 */
export function trimWindows(
  op: TrimOperation,
  extent: Extent,
  findings: Findings,
  pointer: string,
): readonly [FrameWindow, ...FrameWindow[]] {
  if ('segments' in op) {
    const kept = snapAll(op.segments, extent, findings, `${pointer}/segments`)
    for (const segment of op.segments) warnOfSoundAlone(segment, extent, findings)
    refuseLength(kept, extent, findings, `${pointer}/segments`)
    return orRejected(kept, extent, findings, `${pointer}/segments`)
  }
  if ('remove' in op) {
    const removed = merged(snapAll(op.remove, extent, findings, `${pointer}/remove`))
    const kept = between(removed, extent.frameCount)
    return orRejected(kept, extent, findings, `${pointer}/remove`)
  }
  const stretch = { start_time: op.start_time, end_time: op.end_time ?? durationSec(extent) }
  checkStretch(stretch, extent, findings, pointer)
  warnOfSoundAlone(stretch, extent, findings)
  const { start, end } = snap(stretch, extent)
  const first = Math.min(start, extent.frameCount - 1)
  return [{ start: first, end: Math.max(end, first + 1) }]
}

function snap({ start_time, end_time }: Stretch, { frameRate, frameCount }: Extent): FrameWindow {
  const [start, end] = [start_time, end_time].map((sec) => Math.min(nearestFrame(sec, frameRate), frameCount))
  return { start: start ?? 0, end: end ?? 0 }
}

/** A stretch that begins where the one before ends continues its window. One that lies between two frames is left out. */
function snapAll(
  stretches: readonly Stretch[],
  extent: Extent,
  findings: Findings,
  pointer: string,
): FrameWindow[] {
  const windows: FrameWindow[] = []
  for (const [index, stretch] of stretches.entries()) {
    checkStretch(stretch, extent, findings, `${pointer}/${index}`)
    const window = snap(stretch, extent)
    const last = windows.at(-1)
    if (window.end <= window.start) warnOfNoFrame(stretch, findings, `${pointer}/${index}`)
    else if (last?.end === window.start) windows[windows.length - 1] = { start: last.start, end: window.end }
    else windows.push(window)
  }
  return windows
}

function warnOfNoFrame({ start_time, end_time }: Stretch, findings: Findings, pointer: string): void {
  const message = `The part at ${pointer} changes nothing: between ${start_time} s and ${end_time} s there is no frame.`
  findings.warn({ code: 'no-effect', message })
}

/** Parts that come again can make more than any material may have. */
function refuseLength(
  kept: readonly FrameWindow[],
  { frameRate }: Extent,
  findings: Findings,
  pointer: string,
): void {
  if (durationSec({ frameRate, frameCount: totalLength(kept) }) <= LIMITS.durationSec) return
  findings.reject(pointer, `the result would be longer than ${LIMITS.durationSec / 3600} hours`)
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
