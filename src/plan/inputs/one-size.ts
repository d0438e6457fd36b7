import { formatRational } from '../frames/rational.js'
import type { FilterCall } from '../graph/graph-builder.js'
import type { VideoFacts } from '../model/facts.js'
import { even } from '../model/size.js'

/**
 * Filters that make a picture that changes its size on the way one of even sides and square pixels: frames of another
 * shape are shown whole, with borders. The filters look at each frame anew. Where only the shape of the pixels changes,
 * that of most of the picture holds for all: since 7.0 ffmpeg gives all frames the first one.
 */
export function oneSize(video: VideoFacts): readonly FilterCall[] {
  const { width, height, otherSizes, changesAspectOnly, sampleAspect } = video
  if (!otherSizes) return []
  if (changesAspectOnly) return [['setsar', { sar: formatRational(sampleAspect) }]]
  const [w, h] = [even(width), even(height)]
  return [
    ['scale', { w: `2*round(min(${w},${h}*dar)/2)`, h: `2*round(min(${h},${w}/dar)/2)`, eval: 'frame' }],
    ['setsar', { sar: 1 }],
    ['pad', { w, h, x: '(ow-iw)/2', y: '(oh-ih)/2', eval: 'frame' }],
  ]
}
