import type { FlipOperation } from '../../edit/operations/flip.js'
import type { CompileContext } from '../context.js'
import type { Timeline } from '../frames/timeline.js'

export function applyFlip(
  { graph }: CompileContext,
  { direction }: FlipOperation,
  timeline: Timeline,
): Timeline {
  const filter = direction === 'horizontal' ? 'hflip' : 'vflip'
  return { ...timeline, videoPad: graph.add(filter, {}, timeline.videoPad) }
}
