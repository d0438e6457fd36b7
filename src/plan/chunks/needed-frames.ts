import type { Operation } from '../../edit/operations.js'
import { assertNever } from '../../errors.js'
import { Findings } from '../context.js'
import { hullOf, widen, type FrameWindow } from '../frame-window.js'
import { joinedFrom } from '../ops/join-parts.js'
import { trimWindows } from '../ops/trim.js'
import { durationSec, type Timeline } from '../timeline.js'

/** A timeline's extent at one point of the edit. */
export type Stage = Pick<Timeline, 'frameRate' | 'frameCount'>

/** Frames beside a frame that decide how it is deinterlaced, and one for rounding. */
const DEINTERLACE_MARGIN = 3

/** Frames that rounding can move the frames of another pace by. */
const PACE_MARGIN = 2

/**
 * The frames before an operation that these frames of its result are made from. null: the operation cannot be
 * done to a stretch.
 */
export function neededFrames(op: Operation, wanted: FrameWindow, before: Stage): FrameWindow | null {
  switch (op.type) {
    case 'trim': {
      const extent = { ...before, statedSec: durationSec(before) }
      return hullOf(joinedFrom(trimWindows(op, extent, new Findings(), ''), wanted))
    }
    case 'speed':
      return atPace(wanted, op.factor, before)
    case 'deinterlace':
      return widen(wanted, DEINTERLACE_MARGIN, before.frameCount)
    case 'concat':
      return null
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
    case 'subtitles':
      return wanted
    default:
      return assertNever(op)
  }
}

/** The frames that show these ones, of frames that come `pace` times as often. */
export function atPace({ start, end }: FrameWindow, pace: number, { frameCount }: Stage): FrameWindow {
  const scaled = { start: Math.floor(start * pace), end: Math.ceil(end * pace) }
  const window = widen(scaled, PACE_MARGIN, frameCount)
  // Rounding can leave the result a frame longer than the material.
  return { start: Math.min(window.start, frameCount - 1), end: window.end }
}
