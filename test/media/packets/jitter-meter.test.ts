import { expect, test } from 'vitest'
import { createJitterMeter } from '../../../src/media/packets/jitter-meter.js'

const PACKET_SEC = 0.02

function jitterOf(times: readonly number[]): number {
  const meter = createJitterMeter()
  for (const sec of times) meter.add(sec, PACKET_SEC)
  return meter.jitterSec()
}

const even = Array.from({ length: 200 }, (_, packet) => packet * PACKET_SEC)

test('even times, rounded to milliseconds, do not vary', () => {
  expect(jitterOf(even.map((sec) => Math.round(sec * 1000 + 0.4 * Math.sin(sec * 900)) / 1000))).toBe(0)
})

test('gaps are no jitter', () => {
  expect(jitterOf(even.map((sec) => sec + 0.085 * Math.floor(sec)))).toBe(0)
})

test('a place where the sound was cut is none', () => {
  expect(jitterOf(even.map((sec) => (sec > 2 ? sec - 0.01 : sec)))).toBe(0)
})

test('a clock that varies by 5 ms shows its longest overlap', () => {
  const times = even.map((sec, packet) => sec + (packet % 7 === 0 ? 0.005 : 0))
  expect(jitterOf(times)).toBeCloseTo(0.005, 6)
})
