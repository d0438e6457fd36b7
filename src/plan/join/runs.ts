import { type FrameWindow, hullOf, lengthOf } from '../frames/frame-window.js'
import type { NeededPart } from './join-parts.js'
import { joinedFrom } from './join-windows.js'

/** Windows that one reading of the material has in their order: they are ascending, and none overlaps another. */
export interface Run {
  readonly windows: readonly [FrameWindow, ...FrameWindow[]]
  readonly frameCount: number
}

/** Cuts windows in any order into runs. Frames that come again, or before those that they follow, begin another run. */
export function runsOf(windows: readonly FrameWindow[]): Run[] {
  const runs: Run[] = []
  for (const window of windows) {
    const run = runs.at(-1)
    const last = run?.windows.at(-1)
    const frames = lengthOf(window)
    if (!run || !last || window.start < last.end) runs.push({ windows: [window], frameCount: frames })
    else runs[runs.length - 1] = { windows: [...run.windows, window], frameCount: run.frameCount + frames }
  }
  return runs
}

/** The window of the material that a run reads. */
export function readBy({ part, needed }: NeededPart<Run>): FrameWindow {
  return hullOf(joinedFrom(part.windows, needed))
}
