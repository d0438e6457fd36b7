import { expect, test } from 'vitest'
import { olderThanFixes } from '../../../src/media/capabilities/known-fixes.js'

test.each([
  ['5.1.9-0+deb12u1', '8.1.2'],
  ['7.0.2-static', '8.1.2'],
  ['n8.0-23-gd1f31a829d', '8.1.2'],
  ['8.1', '8.1.2'],
  ['8.1.1', '8.1.2'],
  ['8.1.2', null],
  ['8.1.10', null],
  ['8.2', null],
  ['n9.0.2', null],
  ['10.0', null],
  ['N-109542-gabc5d16bd3', null],
  ['unknown', null],
])('%s is older than the fixes of %s', (version, wanted) => {
  expect(olderThanFixes(version)).toBe(wanted)
})
