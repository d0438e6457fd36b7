import { expect, test } from 'vitest'
import { createSpacingMeter } from '../../../src/media/packets/frame-spacing.js'

test('frames may come in the order of decoding', () => {
  const meter = createSpacingMeter()
  for (const sec of [0, 0.12, 0.04, 0.08, 0.24, 0.16, 0.2]) meter.add(sec)
  expect([...meter.spacing().spacings]).toEqual([[0.04, 6]])
})

test('where the clock is set, no spacing is counted', () => {
  const meter = createSpacingMeter()
  for (const sec of [0, 0.04, 0.08]) meter.add(sec)
  meter.restart()
  for (const sec of [500, 500.04]) meter.add(sec)
  expect([...meter.spacing().spacings]).toEqual([[0.04, 3]])
})

test('random times take bounded memory', () => {
  const meter = createSpacingMeter()
  let sec = 0
  for (let frame = 0; frame < 20_000; frame += 1) meter.add((sec += 0.001 + ((frame * 7919) % 10_007) * 1e-5))
  const { spacings, count } = meter.spacing()
  expect(count).toBe(20_000)
  expect(spacings.size).toBeLessThan(2100)
})
