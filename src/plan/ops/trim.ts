import type { TrimOperation } from '../../edit/operations/trim.js'
import type { OperationContext } from '../context.js'
import { durationSec, type Timeline } from '../frames/timeline.js'
import { joinParts, type NeededPart } from '../join/join-parts.js'
import { keepWindows } from '../join/keep-windows.js'
import { readBy, type Run, runsOf } from '../join/runs.js'
import { trimWindows } from '../join/trim-windows.js'

/** A trim behind other operations: those at the head of an edit are done where the source is opened. */
export function applyTrim(context: OperationContext, op: TrimOperation, timeline: Timeline): Timeline {
  const { graph, findings, pointer, wanted } = context
  const kept = trimWindows(op, { ...timeline, statedSec: durationSec(timeline) }, findings, pointer)
  const runs = runsOf(kept)
  return runs.length > 1 ? joinReread(context, runs, timeline) : keepWindows(graph, timeline, kept, wanted)
}

/** How often the files of an edit are opened at most: each opening has a decoder of its own. */
const MOST_OPENINGS = 128

/**
 * Frames in another order are read again: the material is made once for each run, from its first frame on. To hold
 * them back instead would take the memory of all pictures between.
 */
function joinReread(context: OperationContext, runs: readonly Run[], timeline: Timeline): Timeline {
  const { graph, findings, pointer, wanted } = context
  const joined = joinParts(graph, runs, wanted, (one, index) => {
    if (graph.inputs.length > MOST_OPENINGS) return timeline
    return wanted
      ? picturesOf(context, one, index === 0 ? timeline : null)
      : rereadAll(context, one, index, timeline)
  })
  if (joined && graph.inputs.length <= MOST_OPENINGS) return joined
  findings.reject(
    `${pointer}/segments`,
    `the edit would open its files more than ${MOST_OPENINGS} times; put this trim before the other operations, or ` +
      'give fewer parts that are out of order',
  )
  return timeline
}

/** @param made the material from the first frame that is read on; null: it is made again */
function picturesOf(
  { graph, before }: OperationContext,
  one: NeededPart<Run>,
  made: Timeline | null,
): Timeline {
  return keepWindows(graph, made ?? before(readBy(one)), one.part.windows, one.needed)
}

/** A run with its sound, which only the whole material has. */
function rereadAll(
  context: OperationContext,
  one: NeededPart<Run>,
  index: number,
  timeline: Timeline,
): Timeline {
  const { graph, before } = context
  const pictures = picturesOf(context, one, null)
  if (!timeline.audioPad) return pictures
  const whole = index === 0 ? timeline : before(null)
  const { audioPad, mayClip = false } = keepWindows(graph, whole, one.part.windows, null)
  return { ...pictures, audioPad, mayClip }
}
