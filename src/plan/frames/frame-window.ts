/** A range of frames on a grid, [start, end). */
export interface FrameWindow {
  readonly start: number
  readonly end: number
}

export function isEmpty({ start, end }: FrameWindow): boolean {
  return end <= start
}

export function lengthOf({ start, end }: FrameWindow): number {
  return end - start
}

export function shift({ start, end }: FrameWindow, frames: number): FrameWindow {
  return { start: start + frames, end: end + frames }
}

/** The frames that both have; if there are none, an empty window at the nearest border of the second. */
export function common(a: FrameWindow, b: FrameWindow): FrameWindow {
  const start = Math.min(Math.max(a.start, b.start), b.end)
  return { start, end: Math.max(start, Math.min(a.end, b.end)) }
}

export function overlaps(a: FrameWindow, b: FrameWindow): boolean {
  return !isEmpty(common(a, b))
}

/** The window with some frames more at each end, within a grid of `frameCount` frames. */
export function widen({ start, end }: FrameWindow, frames: number, frameCount: number): FrameWindow {
  return { start: Math.max(0, start - frames), end: Math.min(frameCount, end + frames) }
}

/** The smallest window that contains both. */
export function cover(a: FrameWindow, b: FrameWindow): FrameWindow {
  return { start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) }
}

/** The smallest window that contains all of them, in whatever order they are. */
export function hullOf([first = { start: 0, end: 0 }, ...others]: readonly FrameWindow[]): FrameWindow {
  return others.reduce(cover, first)
}

/** Number of frames in all windows together. */
export function totalLength(windows: readonly FrameWindow[]): number {
  return windows.reduce((sum, window) => sum + lengthOf(window), 0)
}

/** Ascending windows of the same frames, none touching the next. */
export function merged(windows: readonly FrameWindow[]): FrameWindow[] {
  const result: FrameWindow[] = []
  for (const window of [...windows].sort((a, b) => a.start - b.start)) {
    const last = result.at(-1)
    if (isEmpty(window)) continue
    if (last && window.start <= last.end) result[result.length - 1] = cover(last, window)
    else result.push(window)
  }
  return result
}
