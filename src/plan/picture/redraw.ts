import type { Drawing, Timeline } from '../frames/timeline.js'
import type { FilterCall, GraphBuilder } from '../graph/graph-builder.js'
import type { Size } from '../model/size.js'

/** Longest side of an image that is shown as a film: that of UHD. The photo of a phone would cost ten times as much. */
export const MAX_SIDE = 3840

/** The drawing that a timeline shows as it is; null: it shows something else. */
export function drawingOf({ drawing, videoPad }: Pick<Timeline, 'drawing' | 'videoPad'>): Drawing | null {
  return drawing?.videoPad === videoPad ? drawing : null
}

/** The picture of a timeline at a size, drawn anew where that is possible, else by filters. */
export function atSize(
  graph: GraphBuilder,
  timeline: Timeline,
  size: Size,
  filters: readonly FilterCall[],
): string {
  const drawing = drawingOf(timeline)
  const isDrawn = drawing && Math.max(size.width, size.height) <= MAX_SIDE
  return isDrawn ? drawing.at(size) : graph.chain(timeline.videoPad, filters)
}
