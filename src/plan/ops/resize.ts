import type { ResizeOperation } from '../../edit/operations/resize.js'
import { assertNever } from '../../errors.js'
import type { CompileContext } from '../context.js'
import type { Timeline } from '../frames/timeline.js'
import type { Size } from '../model/size.js'
import { coverPicture, scalePicture, sizeWithin } from '../picture/scale-picture.js'

/** Gives the picture another size: within the box, filling it, or stretched to it. */
export function applyResize(context: CompileContext, op: ResizeOperation, timeline: Timeline): Timeline {
  const box = boxOf(op, timeline)
  switch (op.fit) {
    case 'stretch':
      return scalePicture(context, box, timeline)
    case 'fit':
      return scalePicture(context, sizeWithin(box, timeline), timeline)
    case 'fill':
      return coverPicture(context, box, timeline)
    default:
      return assertNever(op.fit)
  }
}

/** A side that is not given follows from the other one and the picture's aspect ratio. */
function boxOf({ width, height }: ResizeOperation, picture: Size): Size {
  if (width !== null && height !== null) return { width, height }
  if (width !== null)
    return { width, height: Math.max(1, Math.round((width * picture.height) / picture.width)) }
  if (height !== null)
    return { width: Math.max(1, Math.round((height * picture.width) / picture.height)), height }
  return picture
}
