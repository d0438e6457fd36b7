import type { Region, ZoomOperation } from '../../edit/operations/zoom.js'
import type { CompileContext } from '../context.js'
import { isEmpty } from '../frames/frame-window.js'
import { durationSec, type Timeline } from '../frames/timeline.js'
import { visibleFrames } from '../frames/visible-frames.js'
import { moveRegion, type Part } from '../picture/move-region.js'
import { requireWithin } from '../picture/require-within.js'

/** Moves from one part of the picture to another, and scales what is shown to the picture's size. */
export function applyZoom(context: CompileContext, op: ZoomOperation, timeline: Timeline): Timeline {
  const from = partOf(context, 'from', op.from, timeline)
  const to = partOf(context, 'to', op.to, timeline)
  if (!from || !to) return timeline
  const window = visibleFrames(op, timeline)
  if (isEmpty(window)) warnOfNoMovement(context, op, timeline)
  const { delivered } = timeline
  // On whole pictures the filters would leave every sample as it is.
  const isBefore = delivered.end <= window.start + 1 && isWhole(from, timeline)
  const isAfter = delivered.start >= window.end - 1 && isWhole(to, timeline)
  if (isBefore || isAfter || (isWhole(from, timeline) && isWhole(to, timeline))) return timeline
  const videoPad = moveRegion(context.graph, timeline, { from, to, easing: op.easing, window })
  return { ...timeline, videoPad }
}

/** The shape of a part may differ by this much from that of the picture: nobody sees it. */
const SHAPE_TOLERANCE = 0.01

/** null, with the mistake noted, when the picture has no such part, or it would be stretched. */
function partOf(
  { findings, pointer, ...context }: CompileContext,
  field: 'from' | 'to',
  region: Region | null,
  picture: Timeline,
): Part | null {
  if (!region) return { x: 0, y: 0, width: picture.width, height: picture.height }
  const { width } = region
  const fitting = (width * picture.height) / picture.width
  const height = region.height ?? fitting
  const x = region.x ?? (picture.width - width) / 2
  const y = region.y ?? (picture.height - height) / 2
  const part = { x, y, width, height }
  if (!requireWithin({ ...context, findings, pointer: `${pointer}/${field}` }, part, picture)) return null
  if (Math.abs(height / fitting - 1) <= SHAPE_TOLERANCE) return part
  const wanted = Number(fitting.toFixed(2))
  findings.reject(
    `${pointer}/${field}/height`,
    `"height" is ${height}, by which the picture would be stretched: a part of ${picture.width}×${picture.height} that is ` +
      `${width} wide is ${wanted} high. Leave "height" out to have it so`,
  )
  return null
}

function isWhole({ width, height }: Part, picture: Timeline): boolean {
  return width === picture.width && height === picture.height
}

function warnOfNoMovement(
  { findings, pointer }: CompileContext,
  op: ZoomOperation,
  timeline: Timeline,
): void {
  const until = durationSec(timeline).toFixed(3)
  const message =
    `The zoom at ${pointer} does not move: from ${op.start_time} s to ${op.end_time ?? until} s there is no frame of the ` +
    `picture, which ends at ${until} s.`
  findings.warn({ code: 'no-effect', message })
}
