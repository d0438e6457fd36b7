import { AppError } from '../errors.js'
import type { MediaFacts } from '../plan/facts.js'
import type { ExpectedResult } from '../plan/plan.js'
import { framesToSec } from '../plan/rational.js'

/**
 * Judges a rendered file by what a probe and a count of its frames say: ffmpeg exits with 0 on a source that
 * breaks off, too.
 * @throws AppError `source-damaged` when the picture came out short, `output-invalid` for anything else
 */
export function verifyOutput(facts: MediaFacts, expected: ExpectedResult): void {
  const { video } = facts
  if (!video) throw new AppError('output-invalid', 'The rendered file has no picture.')
  if (video.width !== expected.width || video.height !== expected.height) {
    throw invalid('size', `${video.width}×${video.height}`, `${expected.width}×${expected.height}`)
  }
  const frames = video.frameCount ?? 0
  if (frames < expected.frameCount) {
    const [have, want] = [frames, expected.frameCount].map((count) =>
      framesToSec(count, expected.frameRate).toFixed(2),
    )
    throw new AppError('source-damaged', `The source could be decoded for ${have} s of ${want} s only.`)
  }
  if (frames > expected.frameCount) throw invalid('frame count', frames, expected.frameCount)
  if (expected.hasAudio !== facts.audio.length > 0) {
    throw invalid(
      'sound',
      facts.audio.length > 0 ? 'present' : 'absent',
      expected.hasAudio ? 'present' : 'absent',
    )
  }
}

function invalid(what: string, found: string | number, wanted: string | number): AppError {
  return new AppError('output-invalid', `The rendered file's ${what} is ${found} and not ${wanted}.`)
}
