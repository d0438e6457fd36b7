import { expect, test } from 'vitest'
import { readMeter } from '../../../src/plan/loudness/loudness-argv.js'

test('a meter is read from its last lines, and silence has no loudness', () => {
  const lines = (key: string, ...values: string[]) =>
    values.map((value) => `frame:1\n${key}=${value}\n`).join('')
  const loudness = (...values: string[]) => `8.2\n${lines('lavfi.r128.I', ...values)}`
  const peak = (value: string) => lines('lavfi.astats.Overall.Peak_level', value)
  expect(readMeter(loudness('-70.000', '-23.500'), peak('-3.25'))).toEqual({ lufs: -23.5, truePeakDb: -3.25 })
  expect(readMeter(loudness('-70.000'), peak('-inf'))).toEqual({ lufs: null, truePeakDb: null })
  expect(readMeter('', '')).toEqual({ lufs: null, truePeakDb: null })
})
