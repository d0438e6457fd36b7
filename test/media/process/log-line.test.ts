import { expect, test } from 'vitest'
import { isErrorLine, readLogLine } from '../../../src/media/process/log-line.js'

test.each([
  ['[error] Invalid argument', { context: '', level: 'error', text: 'Invalid argument' }],
  ['[h264 @ 0x55d] [warning] late', { context: 'h264', level: 'warning', text: 'late' }],
  [
    '[vist#0:0/h264 @ 0x55d] [dec:h264 @ 0x55e] [error] Error submitting',
    { context: 'vist#0:0/h264', level: 'error', text: 'Error submitting' },
  ],
  ['[info]     title : [error] x', { context: '', level: 'info', text: '    title : [error] x' }],
])('%s', (line, own) => {
  expect(readLogLine(line)).toEqual(own)
})

test.each(['', 'frame=1', '      : [error] x', 'x[error] y', '[not a context] [error] z', '[[error] x'])(
  '%j is no line of the program',
  (line) => {
    expect(readLogLine(line)).toBeNull()
  },
)

test('failures have the levels error, fatal and panic', () => {
  const levels = ['panic', 'fatal', 'error', 'warning', 'info', 'verbose']
  expect(levels.filter((level) => isErrorLine({ context: '', level, text: '' }))).toEqual(levels.slice(0, 3))
})
