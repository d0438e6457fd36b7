import { expect, test } from 'vitest'
import { chunkJoins, copiedFrames } from '../../bench/plan-facts.mjs'
import { compileTitled, FRAMES } from './titled-plan.js'

test('joins are the first frames of all parts but the first, and the same for every quality with the same cuts', () => {
  const joins = chunkJoins(compileTitled(4), '720p')
  expect(joins.length).toBeGreaterThan(2)
  expect(joins).toEqual([...joins].sort((a, b) => a - b))
  expect(joins.every((join) => join > 0 && join < FRAMES && join % 50 === 0)).toBe(true)
  expect(chunkJoins(compileTitled(0), '720p')).toEqual([])
})

test('only frames that no pass encodes, whole or in parts, count as copied', () => {
  const chunked = compileTitled(4)
  expect(copiedFrames(compileTitled(0), '480p', FRAMES)).toBe(0)
  expect(copiedFrames(chunked, '480p', FRAMES)).toBe(0)
  const [first, ...others] = chunked.passes.filter(({ kind }) => kind !== 'encodeAudio')
  const firstFrames = first?.encodes[0].expected.picture?.frameCount ?? 0
  expect(copiedFrames({ ...chunked, passes: others }, '480p', FRAMES)).toBe(firstFrames)
})
