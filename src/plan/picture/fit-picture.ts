import type { CompileContext } from '../context.js'
import type { Timeline } from '../frames/timeline.js'
import { applyPad } from '../ops/pad.js'
import { applyResize } from '../ops/resize.js'

interface Fitting {
  readonly width: number
  readonly height: number
  /** Of another shape: a border of `color`, a border of the picture itself, blurred, or cut to fill. */
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
  const size = { type: 'resize', width, height } as const
  if (fit === 'fill') return applyResize(context, { ...size, fit }, timeline)
  const fitted = applyResize(context, { ...size, fit: 'fit' }, timeline)
  const background = fit === 'blur' ? 'blur' : 'color'
  return applyPad(context, { type: 'pad', width, height, background, color }, fitted)
}
