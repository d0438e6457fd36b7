import { common, type FrameWindow, lengthOf, shift } from '../frames/frame-window.js'
import { keepFrames } from '../frames/keep-frames.js'
import { framesToSec } from '../frames/rational.js'
import type { Timeline } from '../frames/timeline.js'
import type { GraphBuilder } from '../graph/graph-builder.js'
import { joinWindows } from './join-windows.js'

/**
 * Keeps windows of the material, ascending, and joins them in order.
 * @param wanted the frames of the result that are needed; null: all
 */
export function keepWindows(
  graph: GraphBuilder,
  timeline: Timeline,
  [first, ...others]: readonly [FrameWindow, ...FrameWindow[]],
  wanted: FrameWindow | null,
): Timeline {
  if (others.length === 0 && lengthOf(first) === timeline.frameCount) return timeline
  if (others.length > 0) return joinWindows(graph, timeline, [first, ...others], wanted)
  return keepWindow(graph, timeline, first)
}

function keepWindow(graph: GraphBuilder, timeline: Timeline, window: FrameWindow): Timeline {
  const { frameRate } = timeline
  const kept = common(window, timeline.delivered)
  const [startSec, endSec] = [framesToSec(window.start, frameRate), framesToSec(window.end, frameRate)]
  return {
    ...timeline,
    frameCount: lengthOf(window),
    delivered: shift(kept, -window.start),
    videoPad: graph.chain(timeline.videoPad, keepFrames(kept, timeline, -window.start)),
    audioPad:
      timeline.audioPad &&
      graph.chain(timeline.audioPad, [
        ['atrim', { start: startSec, end: endSec }],
        ['asetpts', { expr: 'PTS-STARTPTS' }],
      ]),
  }
}
