import type { Edit } from '../../edit/operation.js'
import { videoCodecsIn } from '../../edit/output/containers.js'
import { listed } from '../../edit/output/prose.js'
import { resolveOutput } from '../../edit/output/resolve-output.js'
import { VIDEO_CODEC_TRAITS } from '../../edit/output/video-codecs.js'
import type { FieldIssue } from '../../errors.js'
import { pointerTo } from '../../plan/renditions/check-rendition.js'
import { videoCodecOf } from '../../plan/renditions/coding.js'

/**
 * The renditions of an edit whose codec the ffmpeg of this installation does not make, as mistakes.
 * @param missing encoders that it lacks
 */
export function codecsNotMade({ output }: Edit, missing: ReadonlySet<string>): FieldIssue[] {
  if (missing.size === 0) return []
  const { container, renditions } = resolveOutput(output)
  const made = videoCodecsIn(container).filter((codec) => !missing.has(VIDEO_CODEC_TRAITS[codec].encoder))
  return renditions.flatMap((rendition) => {
    const codec = videoCodecOf(rendition, container)
    if (!codec || !missing.has(VIDEO_CODEC_TRAITS[codec].encoder)) return []
    const message = `the ffmpeg of this server does not make ${codec}: choose ${listed(made, 'or')}`
    return [{ pointer: pointerTo(rendition, 'video_codec'), message }]
  })
}
