import { type FrameWindow, lengthOf } from '../frames/frame-window.js'
import { keepFrames } from '../frames/keep-frames.js'
import { regrid } from '../frames/regrid.js'
import type { Timeline } from '../frames/timeline.js'
import type { GraphBuilder } from '../graph/graph-builder.js'

/** A window of a timeline's pictures, as a timeline of its own. */
export function cutTimeline(graph: GraphBuilder, timeline: Timeline, window: FrameWindow): Timeline {
  const videoPad = graph.chain(timeline.videoPad, keepFrames(window, timeline, -window.start))
  const frameCount = lengthOf(window)
  return { ...timeline, videoPad, frameCount, delivered: { start: 0, end: frameCount } }
}

/** Moves the pictures of a timeline to the window of a longer one that they fill. */
export function moveTimeline(graph: GraphBuilder, timeline: Timeline, window: FrameWindow): Timeline {
  const videoPad = graph.chain(timeline.videoPad, regrid(timeline, window.start))
  return { ...timeline, delivered: window, videoPad }
}
