import { expect, test } from 'vitest'
import { bitRateOf, checkEven } from '../../../bench/checks/frames.mjs'
import { parsePackets } from '../../../bench/probe.mjs'

test('frames are sorted by the time at which they are shown, and gaps are found', () => {
  const frames = parsePackets('0.000000,100\n0.120000,40\n0.040000,10\n0.080000,10\n')
  expect(checkEven(frames, { frameRate: 25, frameCount: 4 })).toBeNull()
  expect(checkEven(frames, { frameRate: 25, frameCount: 5 })).toBe('4 frames instead of 5')
  expect(checkEven(frames, { frameRate: 24, frameCount: 4 })).toBe('frame 2 is shown at 0.08 s')
  expect(bitRateOf(frames, 25)).toBe(8000)
})
