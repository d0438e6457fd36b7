import { expect, test } from 'vitest'
import { judgeGoals } from '../../bench/goals.mjs'

test('goals are judged from the measured rows, also exactly at their limits', () => {
  const rows = [
    { id: 'composite-platform', wall_s: 92, cpu_s: 96 },
    { id: 'composite-single', wall_s: 100, cpu_s: 100 },
    { id: 'composite-stepwise', wall_s: 211 },
    { id: 'latency', overhead_ms: 400 },
    { id: 'scaling', steps: [{ slots: 32, efficiency: 0.5 }] },
  ]
  const verdicts = Object.fromEntries(judgeGoals(rows).map(({ name, value, met }) => [name, [value, met]]))
  expect(verdicts).toMatchObject({
    'Composite edit: platform / best single ffmpeg command, wall': [0.92, true],
    'Composite edit: platform / best single ffmpeg command, CPU seconds': [0.96, false],
    "Composite edit: original plan's way / platform, wall": [2.293, false],
    '1 s job at one quality: platform − ffmpeg, ms': [400, true],
    'Smart trim of 9 of 10 minutes: full re-encode / platform, wall': [null, null],
    'Efficiency at the most stand-in slots (64)': [null, null],
  })
})
