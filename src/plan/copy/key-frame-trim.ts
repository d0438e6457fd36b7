import type { Edit, TrimOperation } from '../../edit/operations.js'
import { Findings } from '../context.js'
import type { FrameWindow } from '../frame-window.js'
import { narrow } from '../open-trimmed.js'
import { framesToSec } from '../rational.js'
import type { MediaFacts } from '../facts.js'
import type { CopySource } from './copy-source.js'
import { groupsAround } from './pieces.js'

/**
 * The edit with its trim moved to whole groups of frames, and where that is, for people. A string: why it cannot
 * be.
 */
export function atKeyFrames(
  edit: Edit,
  op: TrimOperation,
  facts: MediaFacts,
  { video, groups, frameCount }: CopySource,
): { readonly edit: Edit; readonly remark: string } | string {
  const { window, parts } = narrow(edit.operations, facts, video, new Findings())
  const asked = parts ?? [{ start: 0, end: window.end - window.start }]
  const moved: FrameWindow[] = []
  for (const { start, end } of asked) {
    const part = { start: start + window.start, end: end + window.start }
    const around = groupsAround(groups, part, frameCount)
    if (!around) return 'There is no key frame before its start.'
    const last = moved.at(-1)
    if (last && around.start <= last.end) moved[moved.length - 1] = { start: last.start, end: around.end }
    else moved.push(around)
  }
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
