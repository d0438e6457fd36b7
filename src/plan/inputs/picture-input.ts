import { reservedMatrix } from '../colour/reserved-tags.js'
import type { VideoFacts } from '../model/facts.js'
import type { PassInput } from '../model/plan.js'
import type { Source } from '../model/sources.js'
import { hasAlpha } from './pixel-format.js'
import { sourceInput } from './source-input.js'

/** The same as `sourceInput`, with the transparency of the picture. */
export function pictureInput(source: Source, video: VideoFacts, seekSec = 0): PassInput {
  const opened = { ...sourceInput(source, seekSec), ...reservedMatrix(video) }
  const input = video.orientation ? { ...opened, isTurnedByGraph: true as const } : opened
  if (!video.hasAlphaLayer) return input
  return { ...input, decoder: video.codec === 'vp8' ? 'libvpx' : 'libvpx-vp9' }
}

/** Whether parts of the picture can be transparent. */
export function isTransparent({ pixelFormat, hasAlphaLayer }: VideoFacts): boolean {
  return hasAlphaLayer === true || hasAlpha(pixelFormat)
}
