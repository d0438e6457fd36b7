import { expect, test } from 'vitest'
import { storableObject, unstorableParts } from '../src/storable.js'

const RULE = 'contains U+0000 or an unpaired surrogate, which cannot be stored'

test('every text and every member name that cannot be stored is named by its JSON pointer', () => {
  const value = { 'a/b': ['fine 🎬', 'nul \0'], half: '\udf3d', inner: { '\ud83d': 1, count: 2 } }
  expect(unstorableParts(value, '/metadata')).toEqual([
    { pointer: '/metadata/a~1b/1', message: RULE },
    { pointer: '/metadata/half', message: RULE },
    { pointer: '/metadata/inner', message: `has a member whose name ${RULE}` },
  ])
})

test('at most 32 levels of nesting are allowed', () => {
  const nested = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels))
  expect(unstorableParts(nested(32))).toEqual([])
  expect(unstorableParts(nested(33))).toEqual([
    { pointer: '/0'.repeat(32), message: 'is nested too deeply; at most 32 levels are allowed' },
  ])
})

test('an object can be stored once its unstorable characters are replaced', () => {
  const value = storableObject({ 'a\0': ['\ud83d', { b: '🎬' }], c: null })
  expect(value).toEqual({ 'a\ufffd': ['\ufffd', { b: '🎬' }], c: null })
  expect(unstorableParts(value)).toEqual([])
})
