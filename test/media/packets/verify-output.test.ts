import { describe, expect, test } from 'vitest'
import { AppError } from '../../../src/errors.js'
import { verifyOutput } from '../../../src/media/packets/verify-output.js'
import type { MediaFacts } from '../../../src/plan/model/facts.js'
import type { ExpectedResult } from '../../../src/plan/model/plan.js'
import { AUDIO, mediaFacts, videoFacts } from '../../support/plan-facts.js'

describe('a rendered file', () => {
  const expected: ExpectedResult = {
    picture: { width: 1280, height: 720, frameRate: { num: 25, den: 1 }, frameCount: 250 },
    durationSec: 10,
    hasAudio: true,
  }

  function verdict(facts: MediaFacts, wanted = expected): string | null {
    try {
      verifyOutput(facts, wanted)
      return null
    } catch (error) {
      return error instanceof AppError ? `${error.code}: ${error.message}` : 'no AppError'
    }
  }

  const withVideo = (fields: Parameters<typeof videoFacts>[0]) => mediaFacts({ video: videoFacts(fields) })

  test('passes when it is what was planned', () => {
    expect(verdict(mediaFacts())).toBeNull()
    expect(verdict(mediaFacts({ audio: [] }), { ...expected, hasAudio: false })).toBeNull()
  })

  test.each<[string, MediaFacts, string]>([
    [
      'without a picture',
      mediaFacts({ video: null }),
      "output-invalid: The rendered file's picture should be present, but is absent.",
    ],
    [
      'of another width',
      withVideo({ width: 1278 }),
      "output-invalid: The rendered file's size should be 1280×720, but is 1278×720.",
    ],
    [
      'rotated by 90°',
      withVideo({ width: 720, height: 1280 }),
      "output-invalid: The rendered file's size should be 1280×720, but is 720×1280.",
    ],
    [
      'with one frame too few',
      withVideo({ frameCount: 249 }),
      'source-damaged: Only 9.96 s of 10.00 s of the source could be decoded.',
    ],
    [
      'too short, with frames that were never counted',
      mediaFacts({ durationSec: 5, video: videoFacts({ frameCount: null }) }),
      'source-damaged: Only 5.00 s of 10.00 s of the source could be decoded.',
    ],
    [
      'with one frame too many',
      withVideo({ frameCount: 251 }),
      "output-invalid: The rendered file's frame count should be 250, but is 251.",
    ],
    [
      'without its sound',
      mediaFacts({ audio: [] }),
      "output-invalid: The rendered file's sound should be present, but is absent.",
    ],
  ])('%s does not pass', (_, facts, wanted) => {
    expect(verdict(facts)).toBe(wanted)
  })

  test('with sound that was not planned does not pass', () => {
    expect(verdict(mediaFacts({ audio: [AUDIO] }), { ...expected, hasAudio: false })).toContain(
      'output-invalid',
    )
  })
})
