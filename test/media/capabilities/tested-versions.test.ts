import { expect, test } from 'vitest'
import { BUILDS } from '../../../scripts/ffmpeg/builds.mjs'
import { isTestedVersion } from '../../../src/media/capabilities/tested-versions.js'

test.each([
  ['5.1.9-0+deb12u1', true],
  ['5.1', true],
  ['n7.0.2-static', true],
  ['7.1', false],
  ['7.01', false],
  ['8.0', false],
  ['4.4.2', false],
  ['15.1', false],
  ['N-109542-gabc5d16bd3', false],
  ['unknown', false],
])('version %s is tested: %s', (version, isTested) => {
  expect(isTestedVersion(version)).toBe(isTested)
})

test('the versions that the tests run on count as tested', () => {
  expect(BUILDS.filter(({ version }) => !isTestedVersion(version))).toEqual([])
})
