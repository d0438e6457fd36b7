import { describe, expect, test } from 'vitest'
import {
  firstFrameFrom,
  formatRational,
  framesToSec,
  lastFrameUntil,
  nearestFrame,
  rational,
  toNumber,
} from '../../../src/plan/frames/rational.js'

const NTSC = { num: 30_000, den: 1001 }
const RATES = [
  { num: 24, den: 1 },
  { num: 25, den: 1 },
  NTSC,
  { num: 60, den: 1 },
  { num: 24_000, den: 1001 },
]

describe('a rational', () => {
  test('is reduced', () => {
    expect(rational(50, 2)).toEqual({ num: 25, den: 1 })
    expect(rational(60_000, 2002)).toEqual(NTSC)
    expect(rational(0, 7)).toEqual({ num: 0, den: 1 })
  })

  test('is written as ffmpeg reads it', () => {
    expect(formatRational(NTSC)).toBe('30000/1001')
    expect(toNumber({ num: 1, den: 4 })).toBe(0.25)
  })
})

describe.each(RATES)('on the grid of $num/$den frames a second', (rate) => {
  test('the start of a frame leads back to that frame, whichever way a moment is rounded', () => {
    for (const frame of [0, 1, 2, 3, 1000, 99_999, 1_000_000, 2_592_000]) {
      const start = framesToSec(frame, rate)
      const asClientsRound = Number(start.toFixed(6))
      for (const sec of [start, asClientsRound]) {
        expect([nearestFrame(sec, rate), firstFrameFrom(sec, rate), lastFrameUntil(sec, rate)]).toEqual([
          frame,
          frame,
          frame,
        ])
      }
    }
  })

  test('a moment within a frame is rounded up to the next frame for windows, and to the nearer one for cuts', () => {
    const at = (share: number) => framesToSec(100 + share, rate)
    expect([firstFrameFrom(at(0.01), rate), firstFrameFrom(at(0.99), rate)]).toEqual([101, 101])
    expect([nearestFrame(at(0.49), rate), nearestFrame(at(0.51), rate)]).toEqual([100, 101])
    expect([lastFrameUntil(at(0.01), rate), lastFrameUntil(at(0.99), rate)]).toEqual([100, 100])
  })
})

test('before the start there are no frames', () => {
  expect([firstFrameFrom(-1, NTSC), lastFrameUntil(-1, NTSC)]).toEqual([0, 0])
})
