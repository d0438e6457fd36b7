import { describe, expect, test } from 'vitest'
import { readIccProfile, transferOfGamma } from '../../../src/media/probe/icc-profile.js'
import { iccProfile } from '../../support/colour/icc.js'

describe('a profile with a matrix and a curve', () => {
  test.each([
    ['Display P3', 'smpte432', 'iec61966-2-1'],
    ['sRGB', 'bt709', 'iec61966-2-1'],
    ['Adobe RGB (1998)', 'adobe-rgb', 'bt470m'],
  ] as const)('%s', (name, colorPrimaries, colorTransfer) => {
    expect(readIccProfile(iccProfile(name))).toEqual({ colorPrimaries, colorTransfer })
  })
})

test('a profile of another kind, or a damaged one, says nothing', () => {
  const profile = iccProfile('Display P3')
  const printer = Buffer.from(profile)
  printer.write('CMYK', 16, 'latin1')
  expect(readIccProfile(printer)).toBeNull()
  for (const length of [0, 100, 130, 180, 250]) expect(readIccProfile(profile.subarray(0, length))).toBeNull()
})

test('a gamma has the name that facts have for it', () => {
  expect([1, 1.8, 2.2, 2.6].map(transferOfGamma)).toEqual(['linear', 'gamma1.8', 'bt470m', 'gamma2.6'])
})
