import type { PadOperation } from '../../edit/operations/pad.js'
import type { CompileContext } from '../context.js'
import type { Timeline } from '../frames/timeline.js'
import { plainPicture } from './plain-picture.js'
import { coverFilters } from './scale-picture.js'
import { withinLimits } from './within-limits.js'

/** The larger picture. */
type Padded = Omit<PadOperation, 'type'>

/** Standard deviation of the background's blur in pixels, as a share of the shorter side. */
const BLUR_SHARE = 0.03

/**
 * Puts the picture in the middle of another that is at least as large; unchanged, with the mistake noted, when
 * that is larger than any picture may be.
 */
export function padPicture(context: CompileContext, padded: Padded, timeline: Timeline): Timeline {
  const { width, height } = padded
  if (!withinLimits(context, { width, height })) return timeline
  if (width === timeline.width && height === timeline.height) return timeline
  const [background, picture] =
    padded.background === 'blur'
      ? blurred(context, padded, timeline)
      : [plainPicture(context.graph, padded, timeline), timeline.videoPad]
  const args = { x: middle(width - timeline.width), y: middle(height - timeline.height), shortest: 1 }
  return { ...timeline, width, height, videoPad: context.graph.add('overlay', args, background, picture) }
}

/** Even, since `overlay` rounds odd positions down on 4:2:0 pictures. */
function middle(room: number): number {
  return 2 * Math.floor(room / 4)
}

function blurred(
  { graph }: CompileContext,
  padded: Padded,
  timeline: Timeline,
): readonly [background: string, picture: string] {
  const [behind, before] = graph.split(timeline.videoPad)
  const background = graph.chain(behind, [
    ...coverFilters(timeline, padded),
    ['gblur', { sigma: Math.max(1, Math.min(padded.width, padded.height) * BLUR_SHARE), steps: 2 }],
  ])
  return [background, before]
}
