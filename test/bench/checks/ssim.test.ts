import { expect, test } from 'vitest'
import { framesAround, meanAt, parseSsim } from '../../../bench/checks/ssim.mjs'

test("SSIM is read from ffmpeg's log, also for equal pictures, and averaged over some frames", () => {
  const values = parseSsim(
    'n:1 Y:0.979 U:0.990 V:0.991 All:0.980000 (17.0)\nn:2 Y:1.0 U:1.0 V:1.0 All:1.000000 (inf)\nn:3 Y:0.9 U:0.9 V:0.9 All:0.900000 (10.0)\n',
  )
  expect(values).toEqual([0.98, 1, 0.9])
  expect(meanAt(values, [0, 2, 3])).toBeCloseTo(0.94)
  expect(meanAt(values, [7])).toBeNull()
})

test('each frame around a join is counted once, and none lies before the first', () => {
  expect(framesAround([2, 5], 3)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  expect(framesAround([], 3)).toEqual([])
})
