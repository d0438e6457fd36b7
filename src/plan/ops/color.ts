import type { ColorOperation } from '../../edit/operations/color.js'
import type { CompileContext } from '../context.js'
import type { Timeline } from '../frames/timeline.js'

export function applyColor({ graph }: CompileContext, op: ColorOperation, timeline: Timeline): Timeline {
  const { brightness, contrast, saturation } = op
  if (brightness === 0 && contrast === 1 && saturation === 1) return timeline
  return { ...timeline, videoPad: graph.add('eq', { brightness, contrast, saturation }, timeline.videoPad) }
}
