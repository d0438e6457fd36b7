import type { Font } from '../../text/fonts.js'
import type { CuePosition } from '../cue.js'
import type { Interval } from './place-lines.js'

/** The picture that cues are placed on, and how they are set. Lengths are pixels. */
export interface Page {
  readonly width: number
  readonly height: number
  /** Side of the em square. */
  readonly fontSize: number
  readonly font: Font
  readonly lineHeight: number
  readonly isBold: boolean
  /** What lines keep free at their ends, and cues at the edges that they are counted from. */
  readonly sideMargin: number
  readonly margin: number
  /** What stands around the lines of a cue: half of it above, half below. */
  readonly padding: number
  /** Where cues without a line of their own go. */
  readonly position: 'top' | 'bottom'
}

/** A box keeps so much of its length, however near to the edge it is. */
const MOST_INSET = 1 / 4

/**
 * The pixels that the lines of a cue may take along their direction. Text at the very edge would be cut by some
 * screens, and its outline by the picture: a box that reaches into the margin is made shorter. One whose lines are
 * centred is so at both ends, and keeps its middle.
 */
export function columnOf({ writing, box, align }: CuePosition, page: Page): Interval {
  const isHorizontal = writing === 'horizontal'
  const full = isHorizontal ? page.width : page.height
  const [from, until] = [(full * box.from) / 100, (full * (box.from + box.size)) / 100]
  const margin = isHorizontal ? page.sideMargin : page.margin
  const within = (inset: number) => Math.min(Math.max(0, inset), (until - from) * MOST_INSET)
  const [before, behind] = [within(margin - from), within(until - full + margin)]
  const both = Math.max(before, behind)
  return align === 'center'
    ? { from: from + both, until: until - both }
    : { from: from + before, until: until - behind }
}
