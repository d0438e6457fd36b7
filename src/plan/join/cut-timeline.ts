import { type FrameWindow, lengthOf } from '../frames/frame-window.js'
import { keepFrames } from '../frames/keep-frames.js'
import { regrid } from '../frames/regrid.js'
import type { Timeline } from '../frames/timeline.js'
import type { GraphBuilder } from '../graph/graph-builder.js'

/** These frames of a timeline, as one of their own. */
export function stretchOf(graph: GraphBuilder, timeline: Timeline, needed: FrameWindow): Timeline {
  const videoPad = graph.chain(timeline.videoPad, keepFrames(needed, timeline, -needed.start))
  const frameCount = lengthOf(needed)
  return { ...timeline, videoPad, frameCount, delivered: { start: 0, end: frameCount } }
}

/** A stretch at its place on the whole timeline. */
export function placeAt(graph: GraphBuilder, joined: Timeline, delivered: FrameWindow): Timeline {
  return { ...joined, delivered, videoPad: graph.chain(joined.videoPad, regrid(joined, delivered.start)) }
}
