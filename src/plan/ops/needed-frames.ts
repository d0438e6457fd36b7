import type { Operation } from '../../edit/operation.js'
import type { ConcatOperation } from '../../edit/operations/concat.js'
import { assertNever } from '../../errors.js'
import { Findings } from '../context.js'
import { common, type FrameWindow, hullOf, shift, widen } from '../frames/frame-window.js'
import { durationSec, type Stage } from '../frames/timeline.js'
import { crossfadeFrames } from '../join/crossfade.js'
import { neededParts } from '../join/join-parts.js'
import { readBy, runsOf } from '../join/runs.js'
import { readAtPace, speedParts } from '../join/speed-parts.js'
import { trimWindows } from '../join/trim-windows.js'

/** Frames beside a frame that decide how it is deinterlaced, and one for rounding. */
const DEINTERLACE_MARGIN = 3

/**
 * The window of the material before an operation that a window of its result is made from; at least one frame,
 * since there is no material without frames.
 */
export function neededFrames(op: Operation, wanted: FrameWindow, before: Stage, after: Stage): FrameWindow {
  switch (op.type) {
    case 'trim': {
      const extent = { ...before, statedSec: durationSec(before) }
      // Further runs make their material themselves.
      const [first] = neededParts(runsOf(trimWindows(op, extent, new Findings(), '')), wanted)
      return first ? readBy(first) : { start: 0, end: 1 }
    }
    case 'speed':
      return hullOf(neededParts(speedParts(op, before), wanted).map((part) => readAtPace(part, before)))
    case 'deinterlace':
      return widen(wanted, DEINTERLACE_MARGIN, before.frameCount)
    case 'concat':
      return amongOthers(op, wanted, before, after)
    case 'overlay':
    case 'watermark':
    case 'crop':
    case 'pad':
    case 'resize':
    case 'rotate':
    case 'flip':
    case 'fade':
    case 'volume':
    case 'mute':
    case 'loudness':
    case 'replace_audio':
    case 'color':
    case 'blur':
    case 'vignette':
    case 'subtitles':
    case 'zoom':
      return wanted
    default:
      return assertNever(op)
  }
}

/** The window of the material, the first or the last of the joined videos. No crossfade is made in part. */
function amongOthers(op: ConcatOperation, wanted: FrameWindow, before: Stage, after: Stage): FrameWindow {
  const first = op.position === 'after' ? 0 : after.frameCount - before.frameCount
  const whole = { start: 0, end: before.frameCount }
  const inside = common(shift(wanted, -first), whole)
  const { start, end } = widen(inside, crossfadeFrames(op, before.frameRate), before.frameCount)
  return { start: Math.min(start, before.frameCount - 1), end: Math.max(end, start + 1) }
}
