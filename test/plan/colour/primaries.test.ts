import { expect, test } from 'vitest'
import {
  apply,
  isKnownPrimaries,
  primariesMatrix,
  primariesNear,
  primariesOfProfile,
} from '../../../src/plan/colour/primaries.js'
import { PROFILES } from '../../support/colour/icc.js'

test('BT.2020 becomes BT.709 by the matrix of ITU-R BT.2087', () => {
  const rounded = primariesMatrix('bt2020', 'bt709').map((row) =>
    row.map((value) => Number(value.toFixed(4))),
  )
  expect(rounded).toEqual([
    [1.6605, -0.5876, -0.0728],
    [-0.1246, 1.1329, -0.0083],
    [-0.0182, -0.1006, 1.1187],
  ])
})

test.each(['bt470m', 'film', 'smpte431', 'prophoto-rgb'])('the white of %s stays white', (name) => {
  for (const value of apply(primariesMatrix(name, 'bt709'), [1, 1, 1])) expect(value).toBeCloseTo(1, 9)
})

test('profiles and chromaticities of known primaries are recognised', () => {
  const columns = ([red, green, blue]: (typeof PROFILES)['sRGB'] | (typeof PROFILES)['Display P3']) =>
    [
      [red[0], green[0], blue[0]],
      [red[1], green[1], blue[1]],
      [red[2], green[2], blue[2]],
    ] as const
  expect(primariesOfProfile(columns(PROFILES['Display P3']))).toBe('smpte432')
  expect(primariesOfProfile(columns(PROFILES.sRGB))).toBe('bt709')
  const camera = { red: [0.6, 0.35], green: [0.3, 0.6], blue: [0.15, 0.06], white: [0.3127, 0.329] } as const
  expect(primariesNear(camera)).toBeNull()
  expect(primariesNear({ ...camera, red: [0.6401, 0.3299] })).toBe('bt709')
})

test('what no standard names is not known', () => {
  expect([isKnownPrimaries('toString'), isKnownPrimaries('smpte428'), isKnownPrimaries(null)]).toEqual([
    false,
    false,
    false,
  ])
  expect(() => primariesMatrix('smpte428', 'bt709')).toThrow('no primaries smpte428')
})
