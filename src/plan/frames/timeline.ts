import type { ColorSpace } from '../model/encode.js'
import type { Rational } from '../model/facts.js'
import type { FrameWindow } from './frame-window.js'
import { framesToSec } from './rational.js'

/**
 * The edited material at one point of the compilation: where its pictures and sound come out of the graph,
 * and their exact extent. Frames lie on a constant grid: frame n starts at n / frameRate.
 */
export interface Timeline {
  readonly videoPad: string
  /** null: silent. */
  readonly audioPad: string | null
  /** Pixels, square, as displayed. */
  readonly width: number
  readonly height: number
  readonly frameRate: Rational
  readonly frameCount: number
  /**
   * The frames that come out of the video pad, each at its own time on the whole timeline: all of them, or the
   * stretch that a chunk needs.
   */
  readonly delivered: FrameWindow
  readonly colorSpace: ColorSpace
}

export function durationSec(timeline: Pick<Timeline, 'frameCount' | 'frameRate'>): number {
  return framesToSec(timeline.frameCount, timeline.frameRate)
}

/** A timeline's extent at one point of the edit. */
export type Stage = Pick<Timeline, 'frameRate' | 'frameCount'>
