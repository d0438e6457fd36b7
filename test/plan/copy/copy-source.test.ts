import { expect, test } from 'vitest'
import { copySource } from '../../../src/plan/copy/copy-source.js'
import type { CodedGroups, VideoFacts } from '../../../src/plan/model/facts.js'
import { mediaFacts, videoFacts } from '../../support/plan-facts.js'

const GROUPS: CodedGroups = {
  starts: [0, 50, 100],
  reorderFrames: 2,
  longestFrames: 150,
  parameters: { level: 31, takenIds: [0] },
}

function look(fields: Partial<VideoFacts>) {
  return copySource(mediaFacts({ video: videoFacts({ groups: GROUPS, ...fields }) }))
}

test('an even, upright picture of H.264 or H.265 can be copied', () => {
  expect(look({})).toMatchObject({ frameCount: 250, groups: GROUPS })
  expect(look({ codec: 'hevc', profile: 'Main 10', pixelFormat: 'yuv420p10le' })).toMatchObject({
    groups: GROUPS,
  })
})

test.each<[Partial<VideoFacts>, RegExp]>([
  [{ codec: 'vp9' }, /vp9/],
  [{ isVariableRate: true }, /varies/],
  [{ damage: { kind: 'gaps', foundSec: 9, statedSec: 10 } }, /damaged/],
  [{ fieldOrder: 'tt' }, /interlaced/],
  [{ rotation: 90 }, /rotated/],
  [{ sampleAspect: { num: 4, den: 3 } }, /square/],
  [{ groups: null }, /groups/],
  [{ frameCount: 240 }, /as long as/],
  [{ startSec: 0.5 }, /as long as/],
  [{ frameCount: null }, /examined/],
])('a source with %j cannot be copied, and the answer says why', (fields, reason) => {
  expect(look(fields)).toMatch(reason)
})

test('a picture that was never examined cannot be copied', () => {
  const { groups, ...video } = videoFacts()
  expect(groups).toBeNull()
  expect(copySource(mediaFacts({ video }))).toMatch(/examined/)
})
