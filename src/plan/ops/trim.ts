import type { TrimOperation } from '../../edit/operations.js'
import type { Findings } from '../context.js'
import type { GraphBuilder } from '../graph-builder.js'
import type { FrameWindow } from '../open-source.js'
import { framesToSec, nearestFrame } from '../rational.js'
import { durationSec, type Timeline } from '../timeline.js'

/** Container durations are rounded, and clients echo them: so much past the end is still the end. */
const END_TOLERANCE_SEC = 0.05

interface Extent {
  readonly frameRate: Timeline['frameRate']
  readonly frameCount: number
  /** What the client was told is the duration; at least the frames' own. */
  readonly statedSec: number
}

/** The frames that a trim keeps, [start, end) from the extent's first frame; cuts snap to the nearest frame. */
export function trimWindow(
  op: TrimOperation,
  extent: Extent,
  findings: Findings,
  pointer: string,
): FrameWindow {
  const pictureSec = durationSec(extent)
  if (op.start_time >= pictureSec) {
    findings.reject(
      `${pointer}/start_time`,
      `"start_time" is ${op.start_time} s, but the picture ends at ${pictureSec.toFixed(3)} s`,
    )
  }
  if (op.end_time > Math.max(extent.statedSec, pictureSec) + END_TOLERANCE_SEC) {
    const shown = extent.statedSec.toFixed(3)
    findings.reject(
      `${pointer}/end_time`,
      `"end_time" is ${op.end_time} s, but the material ends at ${shown} s`,
    )
  } else if (op.end_time > pictureSec + END_TOLERANCE_SEC) {
    findings.warn({
      code: 'duration-clamped',
      message: `The trim ends with the picture, at ${pictureSec.toFixed(3)} s: what follows is sound alone.`,
    })
  }
  if (op.mode !== 'exact') {
    findings.warn({ code: 'trim-reencoded', message: `The "${op.mode}" trim was rendered as an exact one.` })
  }
  const start = Math.min(nearestFrame(op.start_time, extent.frameRate), extent.frameCount - 1)
  const end = Math.min(nearestFrame(op.end_time, extent.frameRate), extent.frameCount)
  return { start, end: Math.max(end, start + 1) }
}

/** Cuts material that other operations have changed already. */
export function applyTrim(graph: GraphBuilder, timeline: Timeline, window: FrameWindow): Timeline {
  const { frameRate } = timeline
  const [startSec, endSec] = [framesToSec(window.start, frameRate), framesToSec(window.end, frameRate)]
  return {
    ...timeline,
    frameCount: window.end - window.start,
    videoPad: graph.chain(timeline.videoPad, [
      ['trim', { start_frame: window.start, end_frame: window.end }],
      ['setpts', { expr: 'PTS-STARTPTS' }],
    ]),
    audioPad:
      timeline.audioPad &&
      graph.chain(timeline.audioPad, [
        ['atrim', { start: startSec, end: endSec }],
        ['asetpts', { expr: 'PTS-STARTPTS' }],
      ]),
  }
}
