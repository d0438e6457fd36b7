import type { FrameWindow } from '../../frames/frame-window.js'
import type { CueRegion } from '../cue.js'
import type { Page } from './page.js'
import type { Interval } from './place-lines.js'

/** A rectangle of the picture, in pixels. */
export interface Rectangle {
  readonly x: Interval
  readonly y: Interval
}

/**
 * Where a region lies (https://www.w3.org/TR/webvtt1/#processing-model). Its height is counted in lines of the font
 * that is used, not in the 6 % of the picture that a browser's lines have, so that as many lines fit as it says.
 */
export function rectangleOf({ width, lines, anchor, viewport }: CueRegion, page: Page): Rectangle {
  const [across, down] = [(page.width * width) / 100, lines * page.lineHeight]
  const left = (page.width * viewport.x - across * anchor.x) / 100
  const top = (page.height * viewport.y - down * anchor.y) / 100
  return { x: { from: left, until: left + across }, y: { from: top, until: top + down } }
}

/** A cue of a region. */
export interface Stacked {
  readonly window: FrameWindow
  readonly height: number
}

/** A part of the time of a cue, and how far its lower edge then is above that of the region. */
export interface Raised {
  readonly window: FrameWindow
  readonly by: number
}

/**
 * Later cues of a region stand below earlier ones and push them up.
 * @param below the cues of the region that come later, in their order
 */
export function raisesOf({ window }: Stacked, below: readonly Stacked[]): Raised[] {
  const changes = new Map<number, number>([
    [window.start, 0],
    [window.end, 0],
  ])
  for (const other of below) {
    const [start, end] = [Math.max(other.window.start, window.start), Math.min(other.window.end, window.end)]
    if (start >= end) continue
    changes.set(start, (changes.get(start) ?? 0) + other.height)
    changes.set(end, (changes.get(end) ?? 0) - other.height)
  }
  const frames = [...changes].sort(([a], [b]) => a - b)
  let by = 0
  return frames.flatMap(([start, change], index) => {
    by += change
    const end = frames[index + 1]?.[0]
    return end === undefined ? [] : [{ window: { start, end }, by }]
  })
}
