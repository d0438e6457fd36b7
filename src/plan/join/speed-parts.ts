import type { SpeedOperation } from '../../edit/operations/speed.js'
import { atPace } from '../frames/at-pace.js'
import { type FrameWindow, isEmpty, lengthOf, shift } from '../frames/frame-window.js'
import { nearestFrame } from '../frames/rational.js'
import type { Stage } from '../frames/timeline.js'
import type { NeededPart } from './join-parts.js'

/** A part of the material that is played at one pace. */
export interface SpeedPart {
  readonly source: FrameWindow
  readonly factor: number
  /** Frames that it has at its pace. */
  readonly frameCount: number
}

/** The frames that an operation plays at another pace: its times snap to the nearest frames. */
export function pacedFrames(op: SpeedOperation, { frameRate, frameCount }: Stage): FrameWindow {
  const { start_time: startSec = 0, end_time: endSec = null } = op
  const start = Math.min(nearestFrame(startSec, frameRate), frameCount)
  const end = endSec === null ? frameCount : Math.min(nearestFrame(endSec, frameRate), frameCount)
  return { start, end: Math.max(start, end) }
}

/** The material as parts of one pace each. */
export function speedParts(op: SpeedOperation, stage: Stage): SpeedPart[] {
  const paced = pacedFrames(op, stage)
  const atOwnPace = (source: FrameWindow) => ({ source, factor: 1, frameCount: lengthOf(source) })
  const frameCount = Math.max(1, Math.round(lengthOf(paced) / op.factor))
  return [
    atOwnPace({ start: 0, end: paced.start }),
    { source: paced, factor: op.factor, frameCount },
    atOwnPace({ start: paced.end, end: stage.frameCount }),
  ].filter(({ source }) => !isEmpty(source))
}

/** The frames of a part's own that a window of it at its pace is made from, counted from its first one. */
export function pacedFrom({ part, needed }: NeededPart<SpeedPart>, { frameRate }: Stage): FrameWindow {
  const { source, factor } = part
  return factor === 1 ? needed : atPace(needed, factor, { frameRate, frameCount: lengthOf(source) })
}

/** The window of the material that a part reads. */
export function readAtPace(one: NeededPart<SpeedPart>, stage: Stage): FrameWindow {
  return shift(pacedFrom(one, stage), one.part.source.start)
}
