import type { ColorSpace } from '../model/encode.js'
import type { Rational } from '../model/facts.js'
import type { FrameWindow } from './frame-window.js'
import { framesToSec } from './rational.js'

/**
 * Material inside one filter graph: the pads where its pictures and sound come out, and their exact extent.
 * Frames lie on a constant grid: frame n starts at n / frameRate.
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
   * window that a chunk needs.
   */
  readonly delivered: FrameWindow
  readonly colorSpace: ColorSpace
}

export function durationSec(timeline: Pick<Timeline, 'frameCount' | 'frameRate'>): number {
  return framesToSec(timeline.frameCount, timeline.frameRate)
}

/** The extent of a timeline between two operations. */
export type Stage = Pick<Timeline, 'frameRate' | 'frameCount'>
