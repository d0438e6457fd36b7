import { parseColor } from '../../edit/fields/color.js'
import { formatRational } from '../frames/rational.js'
import { regrid } from '../frames/regrid.js'
import type { Timeline } from '../frames/timeline.js'
import type { GraphBuilder } from '../graph/graph-builder.js'
import { hexColor } from '../graph/hex-color.js'
import { SCALE_MATRIX } from '../inputs/color-space.js'
import type { Size } from '../model/size.js'

interface Plain extends Size {
  readonly color: string
}

/**
 * Endless frames of one colour, on the grid of a timeline. Made as RGB and converted by the picture's matrix: `pad`
 * itself would mix every colour by BT.601.
 */
export function plainPicture(
  graph: GraphBuilder,
  { width, height, color }: Plain,
  { frameRate, colorSpace, delivered }: Pick<Timeline, 'frameRate' | 'colorSpace' | 'delivered'>,
): string {
  const blank = graph.add('color', {
    color: hexColor(parseColor(color)),
    size: `${width}x${height}`,
    rate: formatRational(frameRate),
  })
  return graph.chain(blank, [
    ['format', { pix_fmts: 'gbrp' }],
    ['scale', { out_color_matrix: SCALE_MATRIX[colorSpace], out_range: 'tv' }],
    ['format', { pix_fmts: 'yuv420p' }],
    ...(delivered.start > 0 ? regrid({ frameRate }, delivered.start) : []),
  ])
}
