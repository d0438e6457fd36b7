import { excessOfPicture } from '../../edit/limits.js'
import type { ResizeOperation } from '../../edit/operations/resize.js'
import { assertNever } from '../../errors.js'
import type { CompileContext } from '../context.js'
import type { Timeline } from '../frames/timeline.js'
import type { FilterCall } from '../graph/graph-builder.js'
import type { Size } from '../model/size.js'

export function applyResize(
  { graph, findings, pointer }: CompileContext,
  op: ResizeOperation,
  timeline: Timeline,
): Timeline {
  const box = boxOf(op, timeline)
  switch (op.fit) {
    case 'stretch':
      return resized(box, scale(box))
    case 'fit': {
      const factor = Math.min(box.width / timeline.width, box.height / timeline.height)
      const size = times(timeline, factor)
      return resized(size, scale(size))
    }
    case 'fill':
      return resized(box, coverArgs(timeline, box))
    default:
      return assertNever(op.fit)
  }

  function resized({ width, height }: Size, filters: readonly FilterCall[]): Timeline {
    const excess = excessOfPicture({ width, height })
    if (excess) {
      findings.reject(pointer, `the picture would be ${excess}`)
      return timeline
    }
    return { ...timeline, width, height, videoPad: graph.chain(timeline.videoPad, filters) }
  }
}

/** Cuts the picture to the box's aspect ratio, from its middle, and scales that to the box. */
export function coverArgs(picture: Size, box: Size): FilterCall[] {
  const factor = Math.min(picture.width / box.width, picture.height / box.height)
  const part = times(box, factor)
  const w = Math.min(part.width, picture.width)
  const h = Math.min(part.height, picture.height)
  const [x, y] = [Math.floor((picture.width - w) / 2), Math.floor((picture.height - h) / 2)]
  return [['crop', { w, h, x, y, exact: 1 }], ...scale(box)]
}

function boxOf({ width, height }: ResizeOperation, picture: Size): Size {
  if (width !== null && height !== null) return { width, height }
  if (width !== null)
    return { width, height: Math.max(1, Math.round((width * picture.height) / picture.width)) }
  if (height !== null)
    return { width: Math.max(1, Math.round((height * picture.width) / picture.height)), height }
  return picture
}

function times({ width, height }: Size, factor: number): Size {
  return { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) }
}

/** `scale` keeps the shape on the screen by changing that of the pixels, unless told otherwise. */
function scale({ width, height }: Size): FilterCall[] {
  return [
    ['scale', { w: width, h: height }],
    ['setsar', { sar: 1 }],
  ]
}
