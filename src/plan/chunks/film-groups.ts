import type { Edit } from '../../edit/operation.js'
import type { Container, PartContainer } from '../../edit/output/formats.js'
import { VIDEO_CODEC_TRAITS } from '../../edit/output/video-codecs.js'
import { formatRational } from '../frames/rational.js'
import type { PictureForm } from '../inputs/picture-form.js'
import { isFilmCoding } from '../model/encode.js'
import type { VideoFacts } from '../model/facts.js'
import type { ExpectedPicture, FilmCoding } from '../model/plan.js'
import type { CompiledRendition } from '../renditions/compile-rendition.js'
import { pictureForm } from '../renditions/picture-form.js'

/** A rendition whose picture can be encoded in parts. */
export interface Film {
  readonly compiled: CompiledRendition
  readonly coding: FilmCoding
  readonly picture: ExpectedPicture
  readonly form: PictureForm
  readonly partContainer: PartContainer
}

/** Films of one frame rate that one filter graph can render. */
export type FilmGroup = readonly [Film, ...Film[]]

/** null: one of the renditions cannot be encoded in parts. */
export function groupFilms(
  edit: Edit,
  video: VideoFacts,
  container: Container,
  renditions: readonly CompiledRendition[],
): FilmGroup[] | null {
  const groups = new Map<string, [Film, ...Film[]]>()
  for (const compiled of renditions) {
    const { video: pictures, expected } = compiled.pass.encodes[0]
    if (!pictures || !expected.picture || !isFilmCoding(pictures.coding)) return null
    const form = pictureForm(edit, compiled.rendition, container, video)
    const { partContainer } = VIDEO_CODEC_TRAITS[pictures.coding.codec]
    if (partContainer === null) return null
    const film = { compiled, coding: pictures.coding, picture: expected.picture, form, partContainer }
    const key = `${form.pixelFormat} ${form.colorSpace} ${formatRational(film.picture.frameRate)}`
    const group = groups.get(key)
    if (group) group.push(film)
    else groups.set(key, [film])
  }
  return [...groups.values()]
}
