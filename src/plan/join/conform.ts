import type { ConcatOperation } from '../../edit/operations/concat.js'
import type { CompileContext } from '../context.js'
import { atFrameRate } from '../frames/at-frame-rate.js'
import type { Timeline } from '../frames/timeline.js'
import type { FilterCall } from '../graph/graph-builder.js'
import { SCALE_MATRIX } from '../inputs/color-space.js'
import { fitPicture } from '../picture/fit-picture.js'

/** Gives a clip the frame rate, the colours and the size of the material. Its sound stays as it is. */
export function conform(
  context: CompileContext,
  { fit, color }: Pick<ConcatOperation, 'fit' | 'color'>,
  clip: Timeline,
  material: Timeline,
): Timeline {
  const { colorSpace } = material
  const paced = atFrameRate(context.graph, clip, material.frameRate, context.wanted)
  const videoPad = context.graph.chain(paced.videoPad, toMatrix(clip, material))
  return fitTo(context, { fit, color }, { ...paced, colorSpace, videoPad }, material)
}

/** Gives a clip the size of the material. */
export function fitTo(
  context: CompileContext,
  { fit, color }: Pick<ConcatOperation, 'fit' | 'color'>,
  clip: Timeline,
  { width, height }: Timeline,
): Timeline {
  return fitPicture(context, { width, height, fit, color }, clip)
}

function toMatrix(clip: Timeline, material: Timeline): FilterCall[] {
  const [from, to] = [SCALE_MATRIX[clip.colorSpace], SCALE_MATRIX[material.colorSpace]]
  if (from === to) return []
  return [['scale', { in_color_matrix: from, out_color_matrix: to, out_range: 'tv' }]]
}
