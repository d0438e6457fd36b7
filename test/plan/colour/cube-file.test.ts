import { expect, test } from 'vitest'
import { cubeFile } from '../../../src/plan/colour/cube-file.js'

test('a table has its size and a line for each sample, red fastest', () => {
  const from = { primaries: 'smpte432', transfer: 'bt709' }
  const [size, first, second, ...others] = cubeFile({
    from,
    to: { primaries: 'bt709', transfer: 'bt709' },
  }).split('\n')
  expect(size).toBe('LUT_3D_SIZE 49')
  expect(first).toBe('0.000000 0.000000 0.000000')
  expect(second?.split(' ')[0]).not.toBe('0.000000')
  expect(others.length + 2).toBe(49 ** 3 + 1)
  expect(others.at(-2)).toBe('1.000000 1.000000 1.000000')
})
