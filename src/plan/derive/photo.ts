import { withoutReserved } from '../colour/reserved-tags.js'
import type { FilterCall, GraphBuilder } from '../graph/graph-builder.js'
import { colorSpaceOf, matrixOf, SCALE_MATRIX } from '../inputs/color-space.js'
import { colourFilters } from '../inputs/colour-filters.js'
import { oneSize } from '../inputs/one-size.js'
import { standardForm } from '../inputs/picture-form.js'
import type { VideoFacts } from '../model/facts.js'
import type { DerivedPass } from '../model/plan.js'
import type { Size } from '../model/size.js'

/** Without these, `scale` rounds colours by up to 4 of 255. */
const EXACT = 'bicubic+accurate_rnd+full_chroma_int+full_chroma_inp'

/**
 * Filters that make a decoded picture one of RGB in the colours of BT.709 or BT.601, of a size. It is scaled before its
 * colours are converted, which takes long for large pictures.
 */
export function photoFilters(video: VideoFacts, { width, height }: Size): FilterCall[] {
  const form = standardForm(video)
  const small: VideoFacts = {
    ...asPhotographed(video),
    ...{ width, height, codedWidth: width, codedHeight: height, sampleAspect: { num: 1, den: 1 } },
    colorSpace: matrixOf(video) ?? untaggedMatrix(video),
  }
  return [
    ...withoutReserved(video),
    ...oneSize(video),
    ['scale', { w: width, h: height }],
    ['setsar', { sar: 1 }],
    ...colourFilters(small, form),
    // The formats of JPEG would remain as they are, and with them the full range.
    ['format', { pix_fmts: 'yuv420p|yuv444p' }],
    ['scale', { in_color_matrix: SCALE_MATRIX[form.colorSpace], in_range: 'tv', flags: EXACT }],
    ['format', { pix_fmts: 'rgb24' }],
  ]
}

/** An untagged picture is read by the size that it has, not by that of its photo. */
function untaggedMatrix(video: VideoFacts): string {
  return colorSpaceOf(video) === 'bt709' ? 'bt709' : 'smpte170m'
}

/** What photos show has one size. */
function asPhotographed(video: VideoFacts): VideoFacts {
  const one = { ...video }
  delete one.otherSizes
  return one
}

/** Filters that make JPEG's samples of RGB: those of BT.601 in full range. */
export const AS_JPEG: readonly FilterCall[] = [
  ['scale', { out_color_matrix: 'bt601', out_range: 'pc', flags: EXACT }],
  ['setsar', { sar: 1 }],
  ['format', { pix_fmts: 'yuvj420p' }],
]

/** The same with all of the colours, as a frame shows them: halved once more, edges of strong colours would blur. */
export const AS_FINE_JPEG: readonly FilterCall[] = [
  ['scale', { out_color_matrix: 'bt601', out_range: 'pc', flags: EXACT }],
  ['setsar', { sar: 1 }],
  ['format', { pix_fmts: 'yuvj444p' }],
]

/** The same for lossy WebP: those of BT.601 in video range. */
export const AS_WEBP: readonly FilterCall[] = [
  ['scale', { out_color_matrix: 'bt601', out_range: 'tv', flags: EXACT }],
  ['setsar', { sar: 1 }],
  ['format', { pix_fmts: 'yuv420p' }],
]

/** The tables of a graph, as a pass has them. */
export function tablesOf({ colourTables }: GraphBuilder): Pick<DerivedPass, 'colourTables'> {
  return colourTables.length > 0 ? { colourTables } : {}
}
