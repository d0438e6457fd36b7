import { nearestFrame } from '../frames/rational.js'
import type { Rational, VideoFacts } from '../model/facts.js'
import { even, type Size } from '../model/size.js'
import type { ShownSource, Source } from '../model/sources.js'
import { MAX_SIDE } from '../picture/redraw.js'

interface Showing {
  /** Seconds; null: an animation is played once. */
  readonly durationSec: number | null
  readonly frameRate: Rational
  readonly color: string
  /** Of the picture that it is shown in: a drawing is drawn as large as that. Absent: its own size. */
  readonly within?: Size
}

/** An image as a film of a length: its facts are those that the film has. */
export function shownSource(
  { key, facts }: Source,
  video: VideoFacts,
  { durationSec, frameRate, color, within }: Showing,
): ShownSource {
  const ownFrames = Math.max(1, nearestFrame(facts.durationSec, frameRate))
  const shownSec = durationSec ?? facts.durationSec
  const size = filmSize(facts.drawnFrom === 'svg' ? drawnSize(video, within) : video)
  const film: VideoFacts = {
    ...video,
    ...size,
    frameRate,
    frameCount: Math.max(1, nearestFrame(shownSec, frameRate)),
    durationSec: shownSec,
    isVariableRate: false,
  }
  const plays = durationSec === null ? 1 : (video.plays ?? Infinity)
  const coded = facts.drawnFrom === 'svg' ? { codedWidth: size.width, codedHeight: size.height } : {}
  const shown = { ownFrames, plays, color }
  return { key, facts: { ...facts, durationSec: shownSec, video: { ...film, ...coded } }, shown }
}

/** Covers the picture that it is shown in, so that no fit of it has to enlarge it. */
function drawnSize({ width, height }: Size, within: Size = { width, height }): Size {
  const scale = Math.max(within.width / width, within.height / height)
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

function filmSize({ width, height }: Size): Size {
  const scale = MAX_SIDE / Math.max(width, height)
  return scale >= 1 ? { width, height } : { width: even(width * scale), height: even(height * scale) }
}
