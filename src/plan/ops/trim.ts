import type { TrimOperation } from '../../edit/operations/trim.js'
import type { CompileContext } from '../context.js'
import { durationSec, type Timeline } from '../frames/timeline.js'
import { keepWindows } from '../join/keep-windows.js'
import { trimWindows } from '../join/trim-windows.js'

/** A trim behind other operations: those at the head of an edit are done where the source is opened. */
export function applyTrim(context: CompileContext, op: TrimOperation, timeline: Timeline): Timeline {
  const { graph, findings, pointer, wanted } = context
  const kept = trimWindows(op, { ...timeline, statedSec: durationSec(timeline) }, findings, pointer)
  return keepWindows(graph, timeline, kept, wanted)
}
