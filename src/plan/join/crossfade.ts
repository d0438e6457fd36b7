import type { ConcatOperation } from '../../edit/operations/concat.js'
import { cover, type FrameWindow, overlaps } from '../frames/frame-window.js'
import { nearestFrame } from '../frames/rational.js'
import type { Timeline } from '../frames/timeline.js'

/** Length of each crossfade of a concat in frames; 0: there is none. */
export function crossfadeFrames(op: ConcatOperation, frameRate: Timeline['frameRate']): number {
  return op.transition === 'crossfade' ? Math.max(1, nearestFrame(op.transition_duration, frameRate)) : 0
}

/** The window of each video on the joined timeline: neighbours share the frames of their crossfade. */
export function joinedWindows(
  extents: readonly Pick<Timeline, 'frameCount'>[],
  crossfade: number,
): FrameWindow[] {
  let next = 0
  return extents.map(({ frameCount }) => {
    const window = { start: next, end: next + frameCount }
    next = window.end - crossfade
    return window
  })
}

/** The wanted window, widened at both ends so that it cuts no crossfade of the joined videos. */
export function uncutCrossfades(wanted: FrameWindow, joined: readonly FrameWindow[]): FrameWindow {
  return joined.reduce((window, { end }, index) => {
    const next = joined[index + 1]
    const shared = next && { start: next.start, end }
    return shared && overlaps(shared, window) ? cover(window, shared) : window
  }, wanted)
}
