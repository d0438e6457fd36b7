import type { RotateOperation } from '../../edit/operations/rotate.js'
import type { CompileContext } from '../context.js'
import type { Timeline } from '../frames/timeline.js'

export function applyRotate(
  { graph }: CompileContext,
  { angle }: RotateOperation,
  timeline: Timeline,
): Timeline {
  if (angle === 180)
    return {
      ...timeline,
      videoPad: graph.chain(timeline.videoPad, [
        ['hflip', {}],
        ['vflip', {}],
      ]),
    }
  const dir = angle === 90 ? 'clock' : 'cclock'
  const videoPad = graph.add('transpose', { dir }, timeline.videoPad)
  return { ...timeline, width: timeline.height, height: timeline.width, videoPad }
}
