import { expect, test } from 'vitest'
import { compilePlan, mediaFacts, pointersOf, videoFacts, type World } from '../../support/plan-facts.js'

/** A film of this length at 25 frames a second. */
function filmOf(durationSec: number): World {
  const video = videoFacts({ durationSec, frameCount: durationSec * 25 })
  return { facts: mediaFacts({ durationSec, video }) }
}

const edit = (interval: number | null) => ({
  operations: [],
  output: { qualities: ['240p' as const], sprite: { interval, width: 160 } },
})

test.each([
  [12 * 3600, 0.1, true],
  [12 * 3600, 4.3, true],
  [12 * 3600, 4.4, false],
  [12 * 3600, null, false],
  [1000, 0.1, false],
  [1001, 0.1, true],
])('of %i s with a tile each %f s, the sprite has too many tiles: %s', (durationSec, interval, isRefused) => {
  const pointers = pointersOf(edit(interval), filmOf(durationSec))
  expect(pointers).toEqual(isRefused ? ['/output/sprite/interval'] : [])
})

test('the refusal of a sprite says which interval is allowed', () => {
  expect(() => compilePlan(edit(0.1), filmOf(12 * 3600))).toThrow(
    'the sprite would have 432000 tiles; at most 10000 are allowed: choose an interval of at least 4.4 s',
  )
})
