import { expect, test } from 'vitest'
import { judgeGoals } from '../../bench/goals.mjs'
import { median, ratio } from '../../bench/statistics.mjs'
import { markdownTable, plainTable } from '../../bench/table.mjs'

test('the median is the middle value, or the mean of the two in the middle, in whatever order they come', () => {
  expect(median([9, 1, 5])).toBe(5)
  expect(median([10, 2, 4, 1])).toBe(3)
  expect(median([])).toBeNull()
})

test('a ratio of what was not measured is none', () => {
  expect(ratio(3, 4)).toBe(0.75)
  expect(ratio(undefined, 4)).toBeNull()
  expect(ratio(3, null)).toBeNull()
  expect(ratio(3, 0)).toBeNull()
})

test('goals are judged from the rows that there are, at their limits too', () => {
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

test('tables set numbers to the right, and take bars in their cells', () => {
  const rows = [
    ['a|b', '1.5'],
    ['long name', '10.25'],
  ]
  expect(markdownTable(['Row', 'Wall:'], rows)).toBe(
    '| Row | Wall |\n| --- | ---: |\n| a\\|b | 1.5 |\n| long name | 10.25 |',
  )
  expect(plainTable(['Row', 'Wall:'], rows)).toBe(
    'Row         Wall\n─────────  ─────\na|b          1.5\nlong name  10.25',
  )
})
