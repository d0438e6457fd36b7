import { expect, test } from 'vitest'
import { markdownTable, plainTable } from '../../bench/table.mjs'

test('tables align numbers to the right, and may have bars in their cells', () => {
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
