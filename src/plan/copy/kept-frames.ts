import type { Edit } from '../../edit/operation.js'
import { Findings } from '../context.js'
import { type FrameWindow, merged, shift, totalLength } from '../frames/frame-window.js'
import { visibleFrames } from '../frames/visible-frames.js'
import type { MediaFacts, VideoFacts } from '../model/facts.js'
import { narrow } from '../open-trimmed.js'
import { traitsOf } from '../ops/operation-traits.js'

/** What an edit leaves of its source as it is. */
export interface KeptFrames {
  /** Frames of the source that the film shows one after another. */
  readonly kept: readonly FrameWindow[]
  /** Frames of the film that something is laid over; ascending, no window touching the next. */
  readonly changed: readonly FrameWindow[]
  /** The sound is that of the source, in one piece. */
  readonly isSoundKept: boolean
}

/** @returns a sentence for people if no frame is left as it is */
export function keptFrames({ operations }: Edit, facts: MediaFacts, video: VideoFacts): KeptFrames | string {
  const { window, parts, done } = narrow(operations, facts, video, new Findings())
  const kept = parts ? parts.map((part) => shift(part, window.start)) : [window]
  const timeline = { frameRate: video.frameRate, frameCount: totalLength(kept) }
  const changed: FrameWindow[] = []
  for (const op of operations.slice(done)) {
    const { changedStretch } = traitsOf(op)
    if (!changedStretch) return `The operation "${op.type}" leaves no frame as it is.`
    changed.push(visibleFrames(changedStretch, timeline))
  }
  const isSoundKept = kept.length === 1 && operations.every((op) => traitsOf(op).keepsSound)
  return { kept, changed: merged(changed), isSoundKept }
}
