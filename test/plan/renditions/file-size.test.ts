import { expect, test } from 'vitest'
import { estimatePlanBytes } from '../../../src/plan/renditions/file-size.js'
import { AUDIO, compilePlan, ladder, mediaFacts } from '../../support/plan-facts.js'

const FORMS = [
  { sampleRate: 48_000, layout: 'stereo' },
  { sampleRate: 48_000, layout: '5.1' },
]

test('sound that is decoded beforehand needs room as well', () => {
  const bytesOf = (audio: typeof AUDIO) =>
    estimatePlanBytes(compilePlan(ladder('480p'), { facts: mediaFacts({ audio: [audio] }) }), 0)
  const changing = bytesOf({ ...AUDIO, forms: FORMS })
  // Ten seconds of two channels, four bytes a sample.
  expect(changing - bytesOf(AUDIO)).toBe(10 * 48_000 * 2 * 4)
})
