import type { CropOperation } from '../../edit/operations/crop.js'
import type { CompileContext } from '../context.js'
import type { Timeline } from '../frames/timeline.js'
import { requireWithin } from '../picture/require-within.js'

export function applyCrop(context: CompileContext, op: CropOperation, timeline: Timeline): Timeline {
  const x = op.x ?? Math.floor((timeline.width - op.width) / 2)
  const y = op.y ?? Math.floor((timeline.height - op.height) / 2)
  if (!requireWithin(context, { ...op, x, y }, timeline)) return timeline
  const { width, height } = op
  if (width === timeline.width && height === timeline.height) return timeline
  // Without `exact`, `crop` rounds odd numbers down on 4:2:0 pictures.
  const videoPad = context.graph.add('crop', { w: width, h: height, x, y, exact: 1 }, timeline.videoPad)
  return { ...timeline, width, height, videoPad }
}
