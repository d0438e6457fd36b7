import type { Edit } from '../../edit/operation.js'
import type { Container } from '../../edit/output/containers.js'
import type { Rendition } from '../../edit/output/resolve-output.js'
import { hdrSpaceOf } from '../inputs/color-space.js'
import { type PictureForm, standardForm } from '../inputs/picture-form.js'
import { bitDepth } from '../inputs/pixel-format.js'
import type { VideoFacts } from '../model/facts.js'
import { traitsOf } from '../ops/operation-traits.js'
import { videoCodecOf } from './coding.js'

function hindranceOf({ operations }: Edit, { fit }: Rendition): string | null {
  const shallow = operations.find((op) => !traitsOf(op).keepsTenBits)
  return shallow?.type ?? (fit === 'pad' || fit === 'blur' ? fit : null)
}

/**
 * The form of a rendition's pictures: 10 bits where it asks for them, the source has them, and nothing on the way
 * needs 8; high dynamic range then stays what it is in the codecs whose players know it.
 */
export function pictureForm(
  edit: Edit,
  rendition: Rendition,
  container: Container,
  video: VideoFacts,
): PictureForm {
  const standard = standardForm(video)
  if (rendition.bit_depth !== 10 || bitDepth(video.pixelFormat) <= 8) return standard
  const hindrance = hindranceOf(edit, rendition)
  if (hindrance !== null) return { ...standard, hindrance }
  const codec = videoCodecOf(rendition, container)
  const hdrSpace = codec === 'h265' || codec === 'av1' ? hdrSpaceOf(video) : null
  return { ...standard, pixelFormat: 'yuv420p10le', colorSpace: hdrSpace ?? standard.colorSpace }
}
