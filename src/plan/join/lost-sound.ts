import type { FrameWindow } from '../frames/frame-window.js'
import { framesToSec } from '../frames/rational.js'
import { wholeVideo } from '../inputs/open-video.js'
import { soundEndSec, UNNOTICED_SEC } from '../inputs/still-picture.js'
import type { MediaFacts, VideoFacts } from '../model/facts.js'

/** What is lost of sound that is longer than the picture, which decides the length of the result; null: nothing. */
export function describeLostSound(facts: MediaFacts, video: VideoFacts, { end }: FrameWindow): string | null {
  const whole = wholeVideo(facts, video)
  const pictureSec = framesToSec(whole.end, video.frameRate)
  const soundSec = soundEndSec(facts)
  if (end < whole.end || soundSec < pictureSec + UNNOTICED_SEC) return null
  return `The sound is ${(soundSec - pictureSec).toFixed(2)} s longer than the picture and is cut with it.`
}
