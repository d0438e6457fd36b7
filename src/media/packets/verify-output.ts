import { AppError } from '../../errors.js'
import { framesToSec } from '../../plan/frames/rational.js'
import type { ExpectedPicture, ExpectedResult } from '../../plan/model/plan.js'
import type { OutputFacts } from '../probe/output-facts.js'

/**
 * Compares a rendered file, as measured, with what was planned, because ffmpeg exits with 0 even when a source breaks
 * off.
 * @throws AppError `source-damaged` when the picture, or sound without one, is too short; `output-invalid` for any
 *   other difference
 */
export function verifyOutput(facts: OutputFacts, expected: ExpectedResult): void {
  const { video } = facts
  const { picture } = expected
  if (!video !== !picture) throw invalid('picture', presence(video !== null), presence(picture !== null))
  if (video && picture) verifyPicture(video, picture)
  if (expected.hasAudio !== facts.audio.length > 0) {
    throw invalid('sound', presence(facts.audio.length > 0), presence(expected.hasAudio))
  }
  const { soundCount = 1 } = expected
  if (expected.hasAudio && facts.audio.length !== soundCount) {
    throw invalid('number of sound tracks', facts.audio.length, soundCount)
  }
  if (!picture || video?.frameCount === null) verifyLength(facts, expected)
}

function verifyPicture(video: NonNullable<OutputFacts['video']>, expected: ExpectedPicture): void {
  if (video.width !== expected.width || video.height !== expected.height) {
    throw invalid('size', `${video.width}×${video.height}`, `${expected.width}×${expected.height}`)
  }
  const { frameCount } = video
  if (frameCount === null) return
  if (frameCount > expected.frameCount) throw invalid('frame count', frameCount, expected.frameCount)
  if (frameCount < expected.frameCount) {
    const toSec = (frames: number) => framesToSec(frames, expected.frameRate)
    throw short(toSec(frameCount), toSec(expected.frameCount))
  }
}

/** Audio encoders add a little at the ends of a file; GIF and WebP round the times of frames. */
const LENGTH_TOLERANCE_SEC = 0.15

/** Checks the length, for files whose frames are not counted. */
function verifyLength({ durationSec }: OutputFacts, expected: ExpectedResult): void {
  if (durationSec < expected.durationSec - LENGTH_TOLERANCE_SEC)
    throw short(durationSec, expected.durationSec)
  if (durationSec > expected.durationSec + LENGTH_TOLERANCE_SEC) {
    throw invalid('length', `${durationSec.toFixed(2)} s`, `${expected.durationSec.toFixed(2)} s`)
  }
}

function short(haveSec: number, wantedSec: number): AppError {
  const [have, wanted] = [haveSec, wantedSec].map((sec) => sec.toFixed(2))
  return new AppError('source-damaged', `Only ${have} s of ${wanted} s of the source could be decoded.`)
}

function presence(isThere: boolean): string {
  return isThere ? 'present' : 'absent'
}

function invalid(what: string, found: string | number, wanted: string | number): AppError {
  return new AppError('output-invalid', `The rendered file's ${what} should be ${wanted}, but is ${found}.`)
}
