import { describe, expect, test } from 'vitest'
import { isEmpty } from '../../../src/plan/frames/frame-window.js'
import type { Timeline } from '../../../src/plan/frames/timeline.js'
import { enableArgs, visibleFrames } from '../../../src/plan/frames/visible-frames.js'

const NTSC = { num: 30_000, den: 1001 }
const AT_25: Timeline = {
  videoPad: 'v',
  audioPad: null,
  width: 320,
  height: 180,
  frameRate: { num: 25, den: 1 },
  frameCount: 100,
  delivered: { start: 0, end: 100 },
  colorSpace: 'bt709',
}

describe('an overlay is visible on the frames that start within its window', () => {
  test.each([
    [0, null, 0, 100],
    [0, 4, 0, 100],
    [1, 2, 25, 50],
    [1.0001, 2.0001, 26, 51],
    [1.00003, 2.00003, 25, 50],
    [1.04, 1.08, 26, 27],
    [0.01, 0.03, 1, 1],
    [3.96, 100, 99, 100],
    [3.97, null, 100, 100],
    [4, null, 100, 100],
    [50, 60, 100, 100],
  ])('from %d s to %d s: %i to before %i', (start_time, end_time, start, end) => {
    const window = visibleFrames({ start_time, end_time }, AT_25)
    expect(window).toEqual({ start, end })
    expect(isEmpty(window)).toBe(start === end)
  })
})

describe('a filter is switched on half a frame before the first frame, and off half a frame before the end', () => {
  test('at 25 frames a second', () => {
    expect(enableArgs({ start: 25, end: 50 }, AT_25)).toEqual({ enable: 'gte(t,0.980000)*lt(t,1.980000)' })
  })

  test('at 30000/1001', () => {
    const ntsc = { ...AT_25, frameRate: NTSC }
    expect(enableArgs({ start: 1, end: 2 }, ntsc)).toEqual({ enable: 'gte(t,0.016683)*lt(t,0.050050)' })
  })

  test('never when it covers everything', () => {
    expect(enableArgs({ start: 0, end: 100 }, AT_25)).toEqual({})
    expect(enableArgs({ start: 0, end: 99 }, AT_25)).not.toEqual({})
  })
})
