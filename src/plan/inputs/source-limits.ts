import { LIMITS } from '../../edit/limits.js'
import { toNumber } from '../frames/rational.js'
import type { MediaFacts } from '../model/facts.js'

/** Pixels of one picture: 8K film has 33 million, a phone's photo 48 million. */
const MAX_PIXELS = 50_000_000
const MAX_STREAMS = 64
/** Frames of the longest source at the highest frame rate. */
const MAX_FRAMES = LIMITS.durationSec * LIMITS.frameRate
/** Bits per second: 8K as ProRes 4444 XQ has 3.5 billion at 25 frames (Apple ProRes white paper, target data rates). */
const MAX_BIT_RATE = 4_000_000_000

/** The limits for ffmpeg and ffprobe, before each input: a file may be other than its header says. */
export const LIMIT_ARGS: readonly string[] = [
  ...['-max_pixels', String(MAX_PIXELS)],
  ...['-max_streams', String(MAX_STREAMS)],
]

/** Which limit a file exceeds, as a sentence for people; null: it is within all limits. */
export function excessOfSource(facts: MediaFacts): string | null {
  const { video, durationSec, bitRate } = facts
  const pixels = video ? video.codedWidth * video.codedHeight : 0
  const frames = video ? (video.frameCount ?? durationSec * toNumber(video.frameRate)) : 0
  if (pixels > MAX_PIXELS) return `The picture has more than ${MAX_PIXELS / 1e6} million pixels.`
  if (durationSec > LIMITS.durationSec) return `It is longer than ${LIMITS.durationSec / 3600} hours.`
  if (frames > MAX_FRAMES) return `It has more than ${MAX_FRAMES} frames.`
  if (bitRate !== null && bitRate > MAX_BIT_RATE)
    return `It has more than ${MAX_BIT_RATE / 1e9} billion bits per second.`
  return null
}
