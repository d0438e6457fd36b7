import type { Rational } from './facts.js'
import type { GraphBuilder } from './graph-builder.js'
import { formatRational, nearestFrame } from './rational.js'
import { durationSec, type Timeline } from './timeline.js'

/** The same material at another frame rate: frames are left out or shown again, each the one nearest to its moment. */
export function atFrameRate(graph: GraphBuilder, timeline: Timeline, frameRate: Rational): Timeline {
  const frameCount = Math.max(1, nearestFrame(durationSec(timeline), frameRate))
  const videoPad = graph.chain(timeline.videoPad, [
    // Times between frames need a finer timebase than one frame.
    ['settb', { expr: 'intb/1000' }],
    ['fps', { fps: formatRational(frameRate), start_time: 0, round: 'near' }],
    ['tpad', { stop: Math.ceil(framesOfOne(timeline, frameRate)) + 1, stop_mode: 'clone' }],
    ['trim', { end_frame: frameCount }],
  ])
  return { ...timeline, frameRate, frameCount, videoPad }
}

/** How long one frame is in frames of another rate. */
function framesOfOne({ frameRate }: Timeline, rate: Rational): number {
  return (frameRate.den * rate.num) / (frameRate.num * rate.den)
}
