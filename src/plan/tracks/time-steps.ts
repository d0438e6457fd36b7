import type { Edit, Operation } from '../../edit/operation.js'
import { Findings } from '../context.js'
import type { FrameWindow } from '../frames/frame-window.js'
import { lengthOf, shift } from '../frames/frame-window.js'
import { framesToSec } from '../frames/rational.js'
import { durationSec, type Stage } from '../frames/timeline.js'
import { type SpeedPart, speedParts } from '../join/speed-parts.js'
import { trimWindows } from '../join/trim-windows.js'
import type { MediaFacts } from '../model/facts.js'
import { narrow } from '../open-trimmed.js'

/** A stretch of time that is kept, and where it is put. Seconds. */
export interface MovedStretch {
  readonly fromSec: number
  readonly untilSec: number
  readonly atSec: number
  /** 2: it is half as long afterwards. */
  readonly factor: number
}

/** What an operation does to time: what is in no stretch is gone. */
export type TimeStep = readonly MovedStretch[]

/**
 * What the operations of an edit do to time, one after another, from the first frame of the unedited video on.
 * @param stages the extents after the trims at the head, and after each later operation
 */
export function timeSteps(edit: Edit, { video, ...facts }: MediaFacts, stages: readonly Stage[]): TimeStep[] {
  const { operations } = edit
  const opened = video ? narrow(operations, { ...facts, video }, video, new Findings()) : null
  const { window, parts } = opened ?? { window: null, parts: null }
  const kept = window && (parts ?? [{ start: 0, end: lengthOf(window) }])
  const head =
    kept && video
      ? [
          joined(
            kept.map((part) => shift(part, window.start)),
            video,
          ),
        ]
      : []
  const done = operations.length + 1 - stages.length
  const later = operations.slice(done).flatMap((op, index): TimeStep[] => {
    const [before, after] = [stages[index], stages[index + 1]]
    const step = before && after ? stepOf(op, before, after) : null
    return step ? [step] : []
  })
  return [...head, ...later]
}

/** null: the operation leaves time as it is. */
function stepOf(op: Operation, before: Stage, after: Stage): TimeStep | null {
  const wholeSec = durationSec(before)
  if (op.type === 'trim') {
    return joined(trimWindows(op, { ...before, statedSec: wholeSec }, new Findings(), ''), before)
  }
  if (op.type === 'speed') return paced(speedParts(op, before), before)
  if (op.type !== 'concat') return null
  const frames = op.position === 'before' ? after.frameCount - before.frameCount : 0
  return [{ fromSec: 0, untilSec: wholeSec, atSec: framesToSec(frames, before.frameRate), factor: 1 }]
}

/** Parts that stand one after another, each at its own pace. */
function paced(parts: readonly SpeedPart[], { frameRate }: Pick<Stage, 'frameRate'>): TimeStep {
  let frames = 0
  return parts.map(({ source, factor, frameCount }) => {
    const atSec = framesToSec(frames, frameRate)
    frames += frameCount
    return {
      fromSec: framesToSec(source.start, frameRate),
      untilSec: framesToSec(source.end, frameRate),
      atSec,
      factor,
    }
  })
}

/** Windows that stand one after another, in their order. */
function joined(kept: readonly FrameWindow[], { frameRate }: Pick<Stage, 'frameRate'>): TimeStep {
  let frames = 0
  return kept.map((window) => {
    const atSec = framesToSec(frames, frameRate)
    frames += lengthOf(window)
    return {
      fromSec: framesToSec(window.start, frameRate),
      untilSec: framesToSec(window.end, frameRate),
      atSec,
      factor: 1,
    }
  })
}
