import type { CompileContext } from '../context.js'
import type { Timeline } from '../frames/timeline.js'
import { padPicture } from './pad-picture.js'
import { coverPicture, scalePicture, sizeWithin } from './scale-picture.js'

interface Fitting {
  readonly width: number
  readonly height: number
  /** What becomes of another shape: a border of `color`, a border of the picture, blurred, or a cut to fill. */
  readonly fit: 'pad' | 'blur' | 'fill'
  readonly color: string
}

/** The picture at exactly a size, never stretched. */
export function fitPicture(
  context: CompileContext,
  { width, height, fit, color }: Fitting,
  timeline: Timeline,
): Timeline {
  if (timeline.width === width && timeline.height === height) return timeline
  const box = { width, height }
  if (fit === 'fill') return coverPicture(context, box, timeline)
  const fitted = scalePicture(context, sizeWithin(box, timeline), timeline)
  return padPicture(context, { ...box, background: fit === 'blur' ? 'blur' : 'color', color }, fitted)
}
