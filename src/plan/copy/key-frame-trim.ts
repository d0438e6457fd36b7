import type { Edit } from '../../edit/operation.js'
import type { TrimOperation } from '../../edit/operations/trim.js'
import { Findings } from '../context.js'
import { cover, type FrameWindow, lengthOf, shift } from '../frames/frame-window.js'
import { framesToSec } from '../frames/rational.js'
import type { MediaFacts } from '../model/facts.js'
import { narrow } from '../open-trimmed.js'
import type { CopySource } from './copy-source.js'
import { groupsAround } from './pieces.js'

/**
 * The edit with its trim moved to whole groups of frames, and a remark for people that says where it was cut.
 * @returns a sentence for people if it cannot be moved
 */
export function atKeyFrames(
  edit: Edit,
  op: TrimOperation,
  facts: MediaFacts,
  { video, groups, frameCount }: CopySource,
): { readonly edit: Edit; readonly remark: string } | string {
  const { window, parts } = narrow(edit.operations, facts, video, new Findings())
  const asked = parts ?? [{ start: 0, end: lengthOf(window) }]
  const around = asked.map((part) => groupsAround(groups, shift(part, window.start), frameCount))
  const found = around.filter((part) => part !== null)
  if (found.length < asked.length) return 'There is no key frame before the start of the trim.'
  const moved = inOrder(asked, found)
  const segments = moved.map(({ start, end }) => ({
    start_time: framesToSec(start, video.frameRate),
    end_time: framesToSec(end, video.frameRate),
  }))
  const told = segments.map(
    ({ start_time, end_time }) => `${start_time.toFixed(3)} s to ${end_time.toFixed(3)} s`,
  )
  return {
    edit: { ...edit, operations: [{ type: 'trim', mode: op.mode, segments }] },
    remark: `The trim was cut at key frames: it keeps ${told.join(', ')}.`,
  }
}

/** Whole groups around the parts of a trim, in its order: where two that follow one another share groups, none comes twice. */
function inOrder(asked: readonly FrameWindow[], found: readonly FrameWindow[]): FrameWindow[] {
  const moved: FrameWindow[] = []
  for (const [index, window] of found.entries()) {
    const [before, part, last] = [asked[index - 1], asked[index], moved.at(-1)]
    const follows = before && part && before.end <= part.start
    if (last && follows && window.start <= last.end) moved[moved.length - 1] = cover(last, window)
    else moved.push(window)
  }
  return moved
}
