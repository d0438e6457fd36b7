import type { CompileContext } from '../context.js'
import type { Timeline } from '../frames/timeline.js'
import type { FilterCall } from '../graph/graph-builder.js'
import type { Size } from '../model/size.js'
import { atSize, drawingOf } from './redraw.js'
import { withinLimits } from './within-limits.js'

type Context = Pick<CompileContext, 'graph' | 'findings' | 'pointer'>

/** The picture scaled to a size; unchanged, with the mistake noted, when that is too large. */
export function scalePicture(context: Context, size: Size, timeline: Timeline): Timeline {
  return resized(
    context,
    size,
    (picture) => atSize(context.graph, picture, size, scaleFilters(size)),
    timeline,
  )
}

/** The picture cut to the box's aspect ratio, from its middle, and scaled to the box; else as `scalePicture`. */
export function coverPicture(context: Context, box: Size, timeline: Timeline): Timeline {
  const covering = times(timeline, Math.max(box.width / timeline.width, box.height / timeline.height))
  const draw = (picture: Timeline) =>
    drawingOf(picture)
      ? context.graph.chain(
          atSize(context.graph, picture, covering, scaleFilters(covering)),
          coverFilters(covering, box),
        )
      : context.graph.chain(picture.videoPad, coverFilters(picture, box))
  return resized(context, box, draw, timeline)
}

function resized(
  context: Context,
  { width, height }: Size,
  draw: (picture: Timeline) => string,
  timeline: Timeline,
): Timeline {
  if (!withinLimits(context, { width, height })) return timeline
  if (width === timeline.width && height === timeline.height) return timeline
  return { ...timeline, width, height, videoPad: draw(timeline) }
}

/** The largest size of the picture's own aspect ratio within a box. */
export function sizeWithin(box: Size, picture: Size): Size {
  return times(picture, Math.min(box.width / picture.width, box.height / picture.height))
}

/** Cuts the picture to the box's aspect ratio, from its middle, and scales that to the box. */
export function coverFilters(picture: Size, box: Size): FilterCall[] {
  const factor = Math.min(picture.width / box.width, picture.height / box.height)
  const part = times(box, factor)
  const w = Math.min(part.width, picture.width)
  const h = Math.min(part.height, picture.height)
  const [x, y] = [Math.floor((picture.width - w) / 2), Math.floor((picture.height - h) / 2)]
  return [['crop', { w, h, x, y, exact: 1 }], ...scaleFilters(box)]
}

/** `scale` keeps the shape on the screen by changing that of the pixels, which `setsar` makes square again. */
function scaleFilters({ width, height }: Size): FilterCall[] {
  return [
    ['scale', { w: width, h: height }],
    ['setsar', { sar: 1 }],
  ]
}

function times({ width, height }: Size, factor: number): Size {
  return { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) }
}
