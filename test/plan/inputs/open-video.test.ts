import { describe, expect, test } from 'vitest'
import { wholeVideo } from '../../../src/plan/inputs/open-video.js'
import { mediaFacts, videoFacts } from '../../support/plan-facts.js'

describe('the grid of a source', () => {
  const rate = { num: 25, den: 1 }
  test.each([
    ['starts with its first frame', 0, 0, 100],
    ['ignores the priming of the sound', 0.021, 0, 100],
    ['ignores where the file says it starts', 1.4, 1.4, 100],
    ['includes the time before a late first frame', 0.6, 0, 115],
    ['includes only whole frames before a late first frame', 0.63, 0, 115],
  ])('%s', (_, startSec, fileStartSec, end) => {
    const video = videoFacts({ frameRate: rate, durationSec: 4, startSec })
    expect(wholeVideo(mediaFacts({ video, startSec: fileStartSec }), video)).toEqual({ start: 0, end })
  })

  test('has at least one frame', () => {
    const video = videoFacts({ durationSec: 0 })
    expect(wholeVideo(mediaFacts({ video, audio: [] }), video)).toEqual({ start: 0, end: 1 })
  })
})
