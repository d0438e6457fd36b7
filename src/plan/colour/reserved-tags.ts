import type { FilterCall } from '../graph/graph-builder.js'
import type { VideoFacts } from '../model/facts.js'
import type { PassInput } from '../model/plan.js'

/** ffprobe's name of code points that no standard has given a meaning. */
export const RESERVED = 'reserved'

/** Code points that say nothing, by ffprobe's names. */
const NOTHING: ReadonlySet<string> = new Set(['unknown', RESERVED, 'unspecified'])

/** A tag of a file's colours; null: it says nothing. */
export function statedTag(tag: string | null): string | null {
  return tag === null || NOTHING.has(tag) ? null : tag
}

/** Filters before all others: since 8.0 `scale` refuses frames with reserved primaries or transfer functions. */
export function withoutReserved({ colorPrimaries, colorTransfer }: VideoFacts): readonly FilterCall[] {
  const isReserved = colorPrimaries === RESERVED || colorTransfer === RESERVED
  return isReserved ? [['setparams', { color_primaries: 'unknown', color_trc: 'unknown' }]] : []
}

/**
 * The codec of a picture whose file names a matrix by a number that no standard has given a meaning. Since 7.0 no
 * filter of ffmpeg opens its frames, so the number has to be gone before they are decoded.
 */
export function reservedMatrix({ codec, colorSpace }: VideoFacts): Pick<PassInput, 'reservedMatrixIn'> {
  return colorSpace === RESERVED ? { reservedMatrixIn: codec } : {}
}

/** Bitstream filters that write "unspecified" into the headers of a codec. */
const UNTAGGING: Readonly<Record<string, string>> = {
  h264: 'h264_metadata=matrix_coefficients=2',
  hevc: 'hevc_metadata=matrix_coefficients=2',
  av1: 'av1_metadata=matrix_coefficients=2',
  mpeg2video: 'mpeg2_metadata=matrix_coefficients=2',
  vp9: 'vp9_metadata=color_space=unknown',
}

/**
 * Options of an input that make its pictures ones without a matrix: what the container says is overruled, and what the
 * codec says is written anew. `runFfmpeg` leaves the latter out for an ffmpeg that does not know it.
 */
export function unreservedArgs({ reservedMatrixIn: codec }: PassInput): string[] {
  if (codec === undefined) return []
  const filter = UNTAGGING[codec]
  return ['-colorspace:v', 'unknown', ...(filter === undefined ? [] : ['-bsf:v', filter])]
}
