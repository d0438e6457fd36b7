import type { FilterCall, GraphBuilder } from '../graph/graph-builder.js'
import type { Rational } from '../model/facts.js'
import { type FrameWindow, lengthOf } from './frame-window.js'
import { formatRational, framesToSec, nearestFrame } from './rational.js'
import { durationSec, type Timeline } from './timeline.js'

/** The same material at another frame rate: frames are dropped or repeated. */
export function atFrameRate(
  graph: GraphBuilder,
  timeline: Timeline,
  frameRate: Rational,
  wanted: FrameWindow | null = null,
): Timeline {
  const frameCount = framesAtRate(timeline, frameRate)
  const delivered = wanted ?? { start: 0, end: frameCount }
  const frameSec = framesToSec(1, timeline.frameRate)
  const videoPad = graph.chain(timeline.videoPad, showNearest({ frameRate, delivered }, { frameSec }))
  return { ...timeline, frameRate, frameCount, delivered, videoPad }
}

export function framesAtRate(
  timeline: Pick<Timeline, 'frameCount' | 'frameRate'>,
  frameRate: Rational,
): number {
  return Math.max(1, nearestFrame(durationSec(timeline), frameRate))
}

/**
 * Copies of the last frame behind it. `overlay` says that its pictures end where the last one begins; `fps` drops a frame
 * that begins where its pictures end.
 */
const SPARE_FRAMES = 2

interface Pace {
  /** Seconds by which the incoming frames follow one another once their times are divided by `speed`. */
  readonly frameSec: number
  /** Absent: 1. */
  readonly speed?: number
  /** How long before its time a frame may be shown; absent: half a frame, so that the nearest one is. */
  readonly leadSec?: number
}

/**
 * Filters that show, at each moment of a frame grid, the nearest of the incoming frames. `fps` takes the last of the
 * frames that round to a moment: with times half a frame earlier, rounded up, that is the nearest one. The timebase is
 * made finer, since one of a whole frame would round the times before `fps` does.
 */
export function showNearest(
  { frameRate, delivered }: Pick<Timeline, 'frameRate' | 'delivered'>,
  { frameSec, speed = 1, leadSec = frameSec / 2 }: Pace,
): FilterCall[] {
  // Rounded down: `up` would turn a millionth of a second too much into a whole frame.
  const startSec = Math.floor(framesToSec(delivered.start, frameRate) * 1e6) / 1e6
  return [
    ['tpad', { stop: SPARE_FRAMES, stop_mode: 'clone' }],
    ['settb', { expr: 'intb/1000' }],
    ['setpts', { expr: `PTS/${speed}-${leadSec.toFixed(9)}/TB` }],
    ['fps', { fps: formatRational(frameRate), start_time: startSec, round: 'up' }],
    ['tpad', { stop: Math.ceil((frameSec * frameRate.num) / frameRate.den) + 1, stop_mode: 'clone' }],
    ['trim', { end_frame: lengthOf(delivered) }],
  ]
}
