import { expect, test } from 'vitest'
import { parseHashes } from '../../../bench/checks/copies.mjs'

test('the hashes of frames are read, but not their heading', () => {
  expect(parseHashes('#format: frame checksums\n0, 0, 0, 1, 12, abc\n0, 1, 1, 1, 12, def\n')).toEqual([
    ...['abc', 'def'],
  ])
})
