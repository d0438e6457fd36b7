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

  test('that is what was planned passes', () => {
    expect(verdict(mediaFacts())).toBeNull()
    expect(verdict(mediaFacts({ audio: [] }), { ...expected, hasAudio: false })).toBeNull()
  })

  test.each<[string, MediaFacts, string]>([
    [
      'without a picture',
      mediaFacts({ video: null }),
      "output-invalid: The rendered file's picture is absent and not present.",
    ],
    [
      'of another width',
      withVideo({ width: 1278 }),
      "output-invalid: The rendered file's size is 1278×720 and not 1280×720.",
    ],
    [
      'turned on its side',
      withVideo({ width: 720, height: 1280 }),
      "output-invalid: The rendered file's size is 720×1280 and not 1280×720.",
    ],
    [
      'one frame short',
      withVideo({ frameCount: 249 }),
      'source-damaged: The source could be decoded for 9.96 s of 10.00 s only.',
    ],
    [
      'never counted and too short',
      mediaFacts({ durationSec: 5, video: videoFacts({ frameCount: null }) }),
      'source-damaged: The source could be decoded for 5.00 s of 10.00 s only.',
    ],
    [
      'one frame long',
      withVideo({ frameCount: 251 }),
      "output-invalid: The rendered file's frame count is 251 and not 250.",
    ],
    [
      'without its sound',
      mediaFacts({ audio: [] }),
      "output-invalid: The rendered file's sound is absent and not present.",
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
