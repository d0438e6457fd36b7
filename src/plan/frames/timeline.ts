import type { ColorSpace } from '../model/encode.js'
import type { Rational } from '../model/facts.js'
import type { Size } from '../model/size.js'
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
  /** Mixing or a gain may have lifted the sound above full scale. Samples are not clipped before they are coded. */
  readonly mayClip?: boolean
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
  /** Of material that is a drawing. It counts only for the picture that it names: see `drawingOf`. */
  readonly drawing?: Drawing
}

/** Material that is a drawing can be had at any size without loss, as long as nothing has changed its picture. */
export interface Drawing {
  /** The pad of the picture that nothing has changed. */
  readonly videoPad: string
  /** Draws it at another size; returns the pad. */
  readonly at: (size: Size) => string
}

export function durationSec(timeline: Pick<Timeline, 'frameCount' | 'frameRate'>): number {
  return framesToSec(timeline.frameCount, timeline.frameRate)
}

/** The extent of a timeline between two operations. */
export type Stage = Pick<Timeline, 'frameRate' | 'frameCount'>
