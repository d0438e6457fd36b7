import { expect, test } from 'vitest'
import { describeCapabilities } from '../../../src/media/capabilities/describe-capabilities.js'
import { COMPLETE } from '../../support/capabilities.js'

test('a tested version that lacks nothing is named', () => {
  expect(describeCapabilities({ ...COMPLETE, version: '5.1.9', ffprobeVersion: '5.1.8' })).toBe(
    '5.1.9, ffprobe 5.1.8',
  )
})

test('an untested version, and what it cannot do, is told', () => {
  const missing = [{ kind: 'encoder', name: 'libsvtav1', ability: 'make AV1' }] as const
  expect(describeCapabilities({ ...COMPLETE, version: '8.0', isTested: false, missing })).toBe(
    '8.0 (NOT a version that Cutroom is tested with), ffprobe 5.1; cannot make AV1',
  )
})

test('a version that lacks the mending of known vulnerabilities is told', () => {
  expect(describeCapabilities({ ...COMPLETE, olderThan: '8.1.2' })).toBe(
    '5.1, ffprobe 5.1; OLDER than 8.1.2, which mends known vulnerabilities: see docs/ffmpeg.md, unless its packager ' +
      'has mended them',
  )
})
