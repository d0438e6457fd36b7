import type { ConcatOperation } from '../../edit/operations/concat.js'
import type { CompileContext } from '../context.js'
import type { Timeline } from '../frames/timeline.js'
import { excessOfLoop } from '../images/play-on.js'
import { shownSource } from '../images/shown-source.js'
import { wholeVideo } from '../inputs/open-video.js'
import type { VideoFacts } from '../model/facts.js'
import type { ShownSource, Source } from '../model/sources.js'

interface Image {
  readonly source: Source
  readonly video: VideoFacts
  /** null: an animation is played once. */
  readonly durationSec: number | null
}

/** An image that is joined, on the grid of the material. */
export interface ImageClip extends Pick<Timeline, 'frameRate' | 'frameCount'> {
  readonly source: ShownSource
  readonly video: VideoFacts
  readonly window: ReturnType<typeof wholeVideo>
}

/** An image as a clip of a length; null, with the mistake noted, when it has none, or is too much to repeat. */
export function imageClip(
  { findings, pointer }: CompileContext,
  { source, video, durationSec }: Image,
  { color }: ConcatOperation,
  material: Timeline,
): ImageClip | null {
  const { frameRate } = material
  if (durationSec === null && source.facts.durationSec === 0) {
    findings.reject(`${pointer}/duration`, 'is required: a still image has no length of its own')
    return null
  }
  const shown = shownSource(source, video, { durationSec, frameRate, color, within: material })
  const film = shown.facts.video
  const window = wholeVideo(shown.facts, film)
  const excess = excessOfLoop(shown.shown, window.end, material)
  if (excess) findings.reject(`${pointer}/duration`, excess)
  return excess ? null : { source: shown, video: film, window, frameRate, frameCount: window.end }
}
