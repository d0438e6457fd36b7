import type { BlurOperation } from '../../edit/operations/blur.js'
import type { CompileContext } from '../context.js'
import { overlaps } from '../frames/frame-window.js'
import type { Timeline } from '../frames/timeline.js'
import { enableArgs, visibleFrames } from '../frames/visible-frames.js'
import { requireWithin } from '../picture/require-within.js'

/** Cuts the region out, blurs it and lays it back; its borders are widened to even pixels. */
export function applyBlur(context: CompileContext, op: BlurOperation, timeline: Timeline): Timeline {
  const window = visibleFrames(op, timeline)
  if (!requireWithin(context, op, timeline) || !overlaps(window, timeline.delivered)) return timeline
  const { graph } = context
  const [x, y] = [op.x - (op.x & 1), op.y - (op.y & 1)]
  const [w, h] = [op.width + (op.x & 1), op.height + (op.y & 1)]
  const [whole, part] = graph.split(timeline.videoPad)
  const blurred = graph.chain(part, [
    ['crop', { w, h, x, y, exact: 1 }],
    ['gblur', { sigma: op.radius, steps: 2 }],
  ])
  const videoPad = graph.add('overlay', { x, y, ...enableArgs(window, timeline) }, whole, blurred)
  return { ...timeline, videoPad }
}
