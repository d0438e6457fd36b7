import type { Rational } from './facts.js'
import type { FilterCall, GraphBuilder } from './graph-builder.js'
import { formatRational, framesToSec, nearestFrame } from './rational.js'
import { durationSec, type Timeline } from './timeline.js'

/** The same material at another frame rate: frames are left out or shown again. */
export function atFrameRate(graph: GraphBuilder, timeline: Timeline, frameRate: Rational): Timeline {
  const frameCount = Math.max(1, nearestFrame(durationSec(timeline), frameRate))
  const frameSec = framesToSec(1, timeline.frameRate)
  const videoPad = graph.chain(timeline.videoPad, showNearest({ frameRate, frameCount }, frameSec))
  return { ...timeline, frameRate, frameCount, videoPad }
}

/**
 * Shows at each moment of a grid the frame that is nearest to it, of frames that follow one another by `frameSec`
 * seconds once their times are divided by `speed`. `fps` takes the last one of those that round to a moment: half a frame earlier, rounded up, that is the
 * nearest. A timebase of one frame would round the times before that.
 */
export function showNearest(
  { frameRate, frameCount }: Pick<Timeline, 'frameRate' | 'frameCount'>,
  frameSec: number,
  speed = 1,
): FilterCall[] {
  return [
    ['settb', { expr: 'intb/1000' }],
    ['setpts', { expr: `PTS/${speed}-${(frameSec / 2).toFixed(9)}/TB` }],
    ['fps', { fps: formatRational(frameRate), start_time: 0, round: 'up' }],
    ['tpad', { stop: Math.ceil((frameSec * frameRate.num) / frameRate.den) + 1, stop_mode: 'clone' }],
    ['trim', { end_frame: frameCount }],
  ]
}
