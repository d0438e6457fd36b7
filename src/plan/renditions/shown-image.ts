import type { Edit } from '../../edit/operation.js'
import { resolveOutput } from '../../edit/output/resolve-output.js'
import type { Findings } from '../context.js'
import { excessOfLoop } from '../images/play-on.js'
import { shownSource } from '../images/shown-source.js'
import { wholeVideo } from '../inputs/open-video.js'
import type { MediaFacts, Rational, VideoFacts } from '../model/facts.js'
import { isAnimation, isImage } from '../model/image-kinds.js'
import type { Sources } from '../model/sources.js'
import { frameRateOf } from './frame-rates.js'

/** Frames per second of a film made of a still image. */
const STILL_RATE: Rational = { num: 30, den: 1 }

/** The sources of an edit whose upload is an image, with the image as the film that the edit shows. */
export function withShownImage(edit: Edit, sources: Sources, findings: Findings): Sources {
  const { video: source } = sources
  const { video } = source.facts
  const isStill = isImage(source.facts) && source.facts.durationSec === 0
  if (!video || !isImage(source.facts)) {
    if (edit.image) findings.reject('/image', 'the upload is no image: it has a length of its own')
    return sources
  }
  const { duration = null, color = 'black' } = edit.image ?? {}
  if (isStill && duration === null) {
    const message = 'the upload is a still image: say how many seconds it is shown, as in {"duration": 5}'
    findings.reject(edit.image ? '/image/duration' : '/image', message)
    return sources
  }
  if (!edit.image) return sources
  const frameRate = rateOf(edit, source.facts, video)
  const shown = shownSource(source, video, { durationSec: duration, frameRate, color })
  const film = shown.facts.video
  const excess = excessOfLoop(shown.shown, wholeVideo(shown.facts, film).end, film)
  if (excess) findings.reject('/image/duration', excess)
  return { ...sources, video: shown }
}

/** One grid for all renditions, since they are cut at the same frames. */
function rateOf({ image, output }: Edit, facts: MediaFacts, video: VideoFacts): Rational {
  const asked = resolveOutput(output).renditions.flatMap(({ frame_rate }) => frame_rate ?? [])
  const rate = image?.frame_rate ?? (asked.length > 0 ? Math.max(...asked) : null)
  if (rate !== null) return frameRateOf(rate)
  return isAnimation(facts) && facts.durationSec > 0 ? video.frameRate : STILL_RATE
}
