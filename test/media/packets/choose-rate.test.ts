import { expect, test } from 'vitest'
import { chooseRate } from '../../../src/media/packets/choose-rate.js'
import { createSpacingMeter } from '../../../src/media/packets/frame-spacing.js'

const header = (num: number, den = 1, isVariableRate = false) => ({ frameRate: { num, den }, isVariableRate })

function spacingOf(times: readonly number[]) {
  const meter = createSpacingMeter()
  for (const sec of times) meter.add(sec)
  return meter.spacing()
}

/** Times of frames at an even rate, as a container with this many ticks a second rounds them. */
const even = (rate: number, count: number, ticks = 1000) =>
  Array.from({ length: count }, (_, frame) => Math.round((frame / rate) * ticks) / ticks)

test.each([
  ['25/1', 25, 1],
  ['24000/1001', 24_000, 1001],
  ['30000/1001', 30_000, 1001],
  ['60/1', 60, 1],
  ['17/1', 17, 1],
])('a header of %s that agrees with the packets stands, whatever rounds their times', (_, num, den) => {
  expect(chooseRate(header(num, den), spacingOf(even(num / den, 200)))).toEqual(header(num, den))
})

test.each([
  ['with one frame in 25 missing', even(30, 300).filter((_, frame) => frame % 25 !== 7), 30],
  ['that stands still for 4 s', [...even(30, 45), ...even(30, 45).map((sec) => sec + 5.5)], 30],
  ['of a phone that varies by 2 ms', even(30, 300).map((sec, frame) => sec + 0.002 * Math.sin(frame)), 30],
  [
    'that shows 60 frames a second for a while',
    [...even(24, 200), ...even(60, 60).map((sec) => sec + 10)],
    24,
  ],
])('a film %s has the rate that most frames have', (_, times, rate) => {
  expect(chooseRate(header(29, 1, true), spacingOf(times))).toEqual(header(rate, 1, true))
})

test('a header that is wrong gives way to what all packets say, and the rate is constant', () => {
  expect(chooseRate(header(1000, 1, true), spacingOf(even(25, 100)))).toEqual(header(25))
})

test('where no spacing is common, the lowest rate that shows all frames is taken', () => {
  const delays = [0.05, 0.1, 0.2, 0.35, 0.15, 0.25, 0.05, 0.3, 0.1, 0.4]
  const times = delays.reduce<number[]>((all, delay) => [...all, (all.at(-1) ?? 0) + delay], [0])
  expect(chooseRate(header(6, 1, true), spacingOf(times))).toEqual(header(20, 1, true))
})

test('a rate above what any display has is no rate', () => {
  const times = Array.from({ length: 100 }, (_, frame) => frame * 0.001)
  expect(chooseRate(header(25, 1, true), spacingOf(times)).frameRate).toEqual({ num: 60, den: 1 })
})

test('slides keep the rate that they have', () => {
  expect(chooseRate(header(1), spacingOf(even(1, 20)))).toEqual(header(1))
})

test('slower slides have a rate at which edits find their place', () => {
  const slow = Array.from({ length: 20 }, (_, frame) => frame * 3)
  expect(chooseRate(header(25, 1, true), spacingOf(slow))).toEqual(header(25, 1, true))
})

test('two frames say nothing against the header', () => {
  expect(chooseRate(header(25), spacingOf([0, 3]))).toEqual(header(25))
})

test('frames without a time raise no doubt, but can lay one to rest', () => {
  const times = even(25, 100).map((sec, frame) => (frame % 12 === 0 ? NaN : sec))
  expect(chooseRate(header(25, 1, true), spacingOf(times))).toEqual(header(25))
  expect(chooseRate(header(30), spacingOf(times))).toEqual(header(30))
})
