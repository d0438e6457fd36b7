import { excessOfPicture } from '../../edit/limits.js'
import { CONTAINER_TRAITS } from '../../edit/output/containers.js'
import type { Container } from '../../edit/output/formats.js'
import type { Rendition } from '../../edit/output/resolve-output.js'
import { VIDEO_CODEC_TRAITS } from '../../edit/output/video-codecs.js'
import type { Findings } from '../context.js'
import type { ExpectedPicture } from '../model/plan.js'
import { videoCodecOf } from './coding.js'

/** Pixels of all frames together: GIF and WebP hold all their frames in memory while they are made. */
const MAX_ANIMATION_PIXELS = 250e6

/** Rejects a picture that its encoder cannot make. */
export function checkPicture(
  rendition: Rendition,
  container: Container,
  { width, height, frameCount }: ExpectedPicture,
  findings: Findings,
): void {
  const excess = excessOfPicture({ width, height })
  if (excess) findings.reject(rendition.pointer, `the picture would be ${excess}`)
  const codec = videoCodecOf(rendition, container)
  const minSide = codec ? VIDEO_CODEC_TRAITS[codec].minSide : 2
  if (Math.min(width, height) < minSide) {
    const message = `the picture would be ${width}×${height}; ${codec} needs at least ${minSide} pixels per side`
    findings.reject(rendition.pointer, message)
  }
  const pixels = width * height * frameCount
  if (CONTAINER_TRAITS[container].holds === 'animation' && pixels > MAX_ANIMATION_PIXELS) {
    const [have, most] = [pixels, MAX_ANIMATION_PIXELS].map((count) => Math.round(count / 1e6))
    findings.reject(
      '/output/container',
      `${container} would have ${have} megapixels in ${frameCount} frames; at most ${most} are allowed: choose fewer ` +
        'frames per second, a smaller picture or a shorter part',
    )
  }
}
