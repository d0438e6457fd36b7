import { expect, test } from 'vitest'
import { parseOptions, ROWS } from '../../bench/options.mjs'

test('rows are picked one by one or by group, in their own order', () => {
  expect(parseOptions(['--only', 'latency,smart-trim, composite-single']).rows).toEqual([
    ...['composite-single', 'smart-trim', 'latency'],
  ])
  expect(parseOptions(['--only', 'load']).rows).toEqual(['status-requests', 'submissions'])
  expect(parseOptions([])).toMatchObject({ rows: ROWS, isWhole: true, repeat: null })
  expect(parseOptions(['--quick', '--repeat', '2'])).toMatchObject({ isWhole: false, repeat: 2 })
})

test('words that make no sense are refused', () => {
  expect(() => parseOptions(['--only', 'smart'])).toThrow('There is no row "smart".')
  expect(() => parseOptions(['--repeat', '0'])).toThrow('--repeat 0')
  expect(() => parseOptions(['--fast'])).toThrow("'--fast'")
})
