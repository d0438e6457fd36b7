import type { ConcatOperation } from '../../edit/operations/concat.js'
import { cover, type FrameWindow, overlaps } from '../frames/frame-window.js'
import { nearestFrame } from '../frames/rational.js'
import type { Timeline } from '../frames/timeline.js'

/** Frames of each crossfade of a concat; 0: there is none. */
export function crossfadeFrames(op: ConcatOperation, frameRate: Timeline['frameRate']): number {
  return op.transition === 'crossfade' ? Math.max(1, nearestFrame(op.transition_duration, frameRate)) : 0
}

/** Where each part lies on the joined timeline: with its neighbours it shares the frames of the crossfades. */
export function placeParts(
  extents: readonly Pick<Timeline, 'frameCount'>[],
  crossfade: number,
): FrameWindow[] {
  let next = 0
  return extents.map(({ frameCount }) => {
    const place = { start: next, end: next + frameCount }
    next = place.end - crossfade
    return place
  })
}

/** The window, made longer at both ends by as much as it would cut off a crossfade. */
export function uncutCrossfades(wanted: FrameWindow, places: readonly FrameWindow[]): FrameWindow {
  return places.reduce((window, place, index) => {
    const next = places[index + 1]
    const shared = next && { start: next.start, end: place.end }
    return shared && overlaps(shared, window) ? cover(window, shared) : window
  }, wanted)
}
