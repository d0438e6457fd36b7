import type { VideoFacts } from '../model/facts.js'
import type { PassInput } from '../model/plan.js'
import type { Source } from '../model/sources.js'
import { hasAlpha } from './pixel-format.js'

/** The input that opens the picture of a source, with its transparency. */
export function pictureInput({ key, facts }: Source, video: VideoFacts, seekSec = 0): PassInput {
  const input = { key, format: facts.format, seekSec }
  if (!video.hasAlphaLayer) return input
  return { ...input, decoder: video.codec === 'vp8' ? 'libvpx' : 'libvpx-vp9' }
}

/** Whether parts of the picture can be transparent. */
export function isTransparent({ pixelFormat, hasAlphaLayer }: VideoFacts): boolean {
  return hasAlphaLayer === true || hasAlpha(pixelFormat)
}
