import type { Edit } from '../../edit/operation.js'
import type { Container } from '../../edit/output/formats.js'
import type { Rendition } from '../../edit/output/resolve-output.js'
import { VIDEO_CODEC_TRAITS } from '../../edit/output/video-codecs.js'
import { hdrSpaceOf } from '../inputs/color-space.js'
import { EDITED_FORMATS, type PictureForm, standardForm } from '../inputs/picture-form.js'
import { bitDepth } from '../inputs/pixel-format.js'
import type { VideoFacts } from '../model/facts.js'
import { traitsOf } from '../ops/operation-traits.js'
import { bitDepthOf, videoCodecOf } from './coding.js'

function hindranceOf({ operations }: Edit, { fit }: Rendition): string | null {
  const shallow = operations.find((op) => !traitsOf(op).keepsTenBits)
  return shallow?.type ?? (fit === 'pad' || fit === 'blur' ? fit : null)
}

/**
 * The form of a rendition's pictures while they are edited. They have 10 bits if the rendition asks for them, the source
 * has them, and no operation needs 8. High dynamic range then stays in the codecs whose players show it.
 */
export function pictureForm(
  edit: Edit,
  rendition: Rendition,
  container: Container,
  video: VideoFacts,
): PictureForm {
  const standard = standardForm(video)
  const codec = videoCodecOf(rendition, container)
  const wanted = codec && VIDEO_CODEC_TRAITS[codec].pixelFormats[bitDepthOf(codec, rendition)]
  const pixelFormat = wanted ? EDITED_FORMATS[wanted] : standard.pixelFormat
  if (pixelFormat === standard.pixelFormat || bitDepth(video.pixelFormat) <= 8) return standard
  const hindrance = hindranceOf(edit, rendition)
  if (hindrance !== null) return { ...standard, hindrance }
  const hdrSpace = codec && VIDEO_CODEC_TRAITS[codec].keepsHdr ? hdrSpaceOf(video) : null
  return { ...standard, pixelFormat, colorSpace: hdrSpace ?? standard.colorSpace }
}
