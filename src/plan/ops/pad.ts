import { parseColor } from '../../edit/fields/color.js'
import { excessOfPicture } from '../../edit/limits.js'
import type { PadOperation } from '../../edit/operations/pad.js'
import type { CompileContext } from '../context.js'
import { formatRational } from '../frames/rational.js'
import type { Timeline } from '../frames/timeline.js'
import { hexColor } from '../graph/hex-color.js'
import { SCALE_MATRIX } from '../inputs/color-space.js'
import { coverArgs } from './resize.js'

/** Standard deviation of the background's blur in pixels, a share of the shorter side. */
const BLUR_SHARE = 0.03

/** Puts the picture in the middle of a larger one. */
export function applyPad(context: CompileContext, op: PadOperation, timeline: Timeline): Timeline {
  const { graph, findings, pointer } = context
  for (const side of ['width', 'height'] as const) {
    if (op[side] < timeline[side]) {
      findings.reject(`${pointer}/${side}`, `"${side}" is less than the picture's ${timeline[side]} pixels`)
    }
  }
  if (op.width < timeline.width || op.height < timeline.height) return timeline
  const excess = excessOfPicture(op)
  if (excess) {
    findings.reject(pointer, `the picture would be ${excess}`)
    return timeline
  }
  const [background, picture] =
    op.background === 'blur'
      ? blurred(context, op, timeline)
      : [plain(context, op, timeline), timeline.videoPad]
  const args = { x: middle(op.width - timeline.width), y: middle(op.height - timeline.height), shortest: 1 }
  const videoPad = graph.add('overlay', args, background, picture)
  return { ...timeline, width: op.width, height: op.height, videoPad }
}

/** Even, since `overlay` rounds odd positions down on 4:2:0 pictures. */
function middle(room: number): number {
  return 2 * Math.floor(room / 4)
}

/** Made as RGB and converted by the picture's matrix: `pad` itself would mix every colour by BT.601. */
function plain(
  { graph }: CompileContext,
  op: PadOperation,
  { frameRate, colorSpace, delivered }: Timeline,
): string {
  const color = hexColor(parseColor(op.color))
  const blank = graph.add('color', {
    color,
    size: `${op.width}x${op.height}`,
    rate: formatRational(frameRate),
  })
  return graph.chain(blank, [
    ['format', { pix_fmts: 'gbrp' }],
    ['scale', { out_color_matrix: SCALE_MATRIX[colorSpace], out_range: 'tv' }],
    ['format', { pix_fmts: 'yuv420p' }],
    ...(delivered.start > 0 ? [['setpts', { expr: `PTS+${delivered.start}` }] as const] : []),
  ])
}

function blurred(
  { graph }: CompileContext,
  op: PadOperation,
  timeline: Timeline,
): readonly [background: string, picture: string] {
  const [behind, before] = graph.split(timeline.videoPad)
  const background = graph.chain(behind, [
    ...coverArgs(timeline, op),
    ['gblur', { sigma: Math.max(1, Math.min(op.width, op.height) * BLUR_SHARE), steps: 2 }],
  ])
  return [background, before]
}
