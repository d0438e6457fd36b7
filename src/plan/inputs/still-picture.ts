import { nearestFrame, toNumber } from '../frames/rational.js'
import type { MediaFacts, VideoFacts } from '../model/facts.js'

/** At or below this many frames per second a video is treated as a slide show. */
const MAX_RATE = 2

/** Seconds that sound may last after the last frame without being missed if it is cut. */
export const UNNOTICED_SEC = 0.5

/**
 * Seconds from the file's start until which the last frame of a still picture or slide show is held, which is the end
 * of the sound. null: the picture moves, or lasts as long as the sound.
 */
export function heldUntilSec(facts: MediaFacts, video: VideoFacts): number | null {
  const rate = Math.min(toNumber(video.frameRate), (video.frameCount ?? Infinity) / video.durationSec)
  const isStill = nearestFrame(video.durationSec, video.frameRate) <= 1 || rate <= MAX_RATE
  const soundSec = soundEndSec(facts)
  const pictureSec = video.startSec - facts.startSec + video.durationSec
  return isStill && soundSec > pictureSec + UNNOTICED_SEC ? soundSec : null
}

/** Seconds from the file's start to the end of its sound; 0: there is none. */
export function soundEndSec({ audio, startSec }: MediaFacts): number {
  return Math.max(0, ...audio.map((track) => track.startSec - startSec + track.durationSec))
}
