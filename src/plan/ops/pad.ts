import type { PadOperation } from '../../edit/operations/pad.js'
import type { CompileContext } from '../context.js'
import type { Timeline } from '../frames/timeline.js'
import { padPicture } from '../picture/pad-picture.js'

/** Puts the picture in the middle of a larger one. */
export function applyPad(context: CompileContext, op: PadOperation, timeline: Timeline): Timeline {
  const { findings, pointer } = context
  const smaller = (['width', 'height'] as const).filter((side) => op[side] < timeline[side])
  for (const side of smaller) {
    findings.reject(`${pointer}/${side}`, `"${side}" is less than the picture's ${timeline[side]} pixels`)
  }
  return smaller.length > 0 ? timeline : padPicture(context, op, timeline)
}
