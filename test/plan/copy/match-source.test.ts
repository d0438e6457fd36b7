import { describe, expect, test } from 'vitest'
import { type CopySource, copySource } from '../../../src/plan/copy/copy-source.js'
import { matchSource } from '../../../src/plan/copy/match-source.js'
import type { CodedGroups, VideoFacts } from '../../../src/plan/model/facts.js'
import { mediaFacts, videoFacts } from '../../support/plan-facts.js'

const GROUPS: CodedGroups = {
  starts: [0, 50, 100],
  reorderFrames: 2,
  longestFrames: 150,
  parameters: { level: 31, takenIds: [0] },
}

function source(fields: Partial<VideoFacts> = {}): CopySource {
  const found = copySource(mediaFacts({ video: videoFacts({ groups: GROUPS, ...fields }) }))
  if (typeof found === 'string') throw new Error(found)
  return found
}

describe('pictures that are encoded beside copied ones', () => {
  test.each([
    ['Constrained Baseline', 'baseline'],
    ['Main', 'main'],
    ['High', 'high'],
  ])('have the profile of the source: %s', (profile, expected) => {
    expect(matchSource(source({ profile }))).toMatchObject({ profile: expected, level: 31, id: 31 })
  })

  test('have a parameter set id that the source does not use', () => {
    const taken = { ...GROUPS, parameters: { level: 31, takenIds: [0, 30, 31] } }
    expect(matchSource(source({ groups: taken }))).toMatchObject({ id: 29 })
  })

  test.each<[Partial<VideoFacts>, RegExp]>([
    [{ codec: 'hevc' }, /H\.265/],
    [{ profile: 'High 10' }, /High 10/],
    [{ pixelFormat: 'yuvj420p' }, /colours/],
    [{ colorRange: 'pc' }, /colours/],
    [{ colorSpace: 'fcc' }, /colours/],
    [{ groups: { ...GROUPS, parameters: null } }, /parameter sets/],
  ])('cannot be made for a source with %j', (fields, reason) => {
    expect(matchSource(source(fields))).toMatch(reason)
  })
})
