import type { FilterCall } from '../graph/graph-builder.js'
import type { ColorSpace, Encode, FilmCoding, SourceMatch } from '../model/encode.js'
import { isFilmCoding } from '../model/encode.js'
import type { FilterNode } from '../model/plan.js'

/** Colours by ffmpeg's names for the code points of ITU-T H.273; null: the file does not say. */
type ColourTags = SourceMatch['tags']

const COLOUR_TAGS: Readonly<Record<ColorSpace, ColourTags>> = {
  bt709: { matrix: 'bt709', primaries: 'bt709', transfer: 'bt709', range: 'tv' },
  smpte170m: { matrix: 'smpte170m', primaries: 'smpte170m', transfer: 'smpte170m', range: 'tv' },
  bt470bg: { matrix: 'bt470bg', primaries: 'bt470bg', transfer: 'smpte170m', range: 'tv' },
  bt601: { matrix: 'smpte170m', primaries: 'bt709', transfer: 'bt709', range: 'tv' },
  pq: { matrix: 'bt2020nc', primaries: 'bt2020', transfer: 'smpte2084', range: 'tv' },
  hlg: { matrix: 'bt2020nc', primaries: 'bt2020', transfer: 'arib-std-b67', range: 'tv' },
}

/** The tags of a film: those of its source, where it stands beside pictures that are copied from there. */
export function tagsOf({ colorSpace, likeness }: FilmCoding): ColourTags {
  return likeness?.tags ?? COLOUR_TAGS[colorSpace]
}

export function colourArgs(coding: FilmCoding): string[] {
  const { matrix, primaries, transfer, range } = tagsOf(coding)
  return [
    ...(matrix === null ? [] : ['-colorspace', matrix]),
    ...(primaries === null ? [] : ['-color_primaries', primaries]),
    ...(transfer === null ? [] : ['-color_trc', transfer]),
    ...(range === null ? [] : ['-color_range', range]),
  ]
}

/**
 * The last filter before an encoder. ffmpeg takes colours from the pictures themselves, since version 8 in place of
 * what its arguments say.
 */
export function taggingNode(video: NonNullable<Encode['video']>): FilterNode | null {
  const { pad, coding } = video
  if (!isFilmCoding(coding)) return null
  const [filter, args] = tagging(coding)
  return { filter, args, inputs: [pad], outputs: [taggedPad(video)] }
}

/** The same as a part of a graph. */
export function tagging(coding: FilmCoding): FilterCall {
  const { matrix, primaries, transfer, range } = tagsOf(coding)
  const args = {
    colorspace: matrix ?? 'unknown',
    color_primaries: primaries ?? 'unknown',
    color_trc: transfer ?? 'unknown',
    range: range ?? 'unspecified',
  }
  return ['setparams', args]
}

/** The pad that is encoded. */
export function taggedPad({ pad, coding }: NonNullable<Encode['video']>): string {
  return isFilmCoding(coding) ? `${pad}tagged` : pad
}
