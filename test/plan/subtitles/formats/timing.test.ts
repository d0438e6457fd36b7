import { expect, test } from 'vitest'
import { arrowTiming, commaTiming, isAlmostTiming } from '../../../../src/plan/subtitles/formats/timing.js'

const times = (line: string) => {
  const timing = arrowTiming(line)
  return timing && [timing.startMs, timing.endMs]
}

test.each([
  ['without a fraction', '00:00:01 --> 00:00:02', [1000, 2000]],
  ['with one digit', '00:00:0,5 --> 00:00:2,5', [500, 2500]],
  ['with two digits', '00:00:00,25 --> 00:00:02.05', [250, 2050]],
  ['with nine digits', '00:00:01.499999999 --> 00:00:02.500000000', [1500, 2500]],
  ['with milliseconds that have a fraction', '00:00:01,249.0999999 --> 00:00:01,251.7999', [1249, 1251]],
  ['without hours', '01:02,500 --> 01:03,500', [62_500, 63_500]],
  ['with hours of one and of three digits', '1:00:00,000 --> 100:00:00,000', [3_600_000, 360_000_000]],
  ['with blanks around colons and commas', '00 : 00 : 01 , 500 --> 00: 00: 02, 500', [1500, 2500]],
  ['with a colon before milliseconds', '00:00:01:500 --> 00:00:02:000', [1500, 2000]],
  ['with 62 seconds', '00:00:62,000 --> 00:00:63,000', [62_000, 63_000]],
  ['before zero', '-00:00:01,500 --> 00:00:01,000', [-1500, 1000]],
  ['before zero in another field', '00:00:-2,000 --> 00:00:01,000', [-2000, 1000]],
  ['with coordinates behind', '00:00:01,000 --> 00:00:02,000  X1:63 X2:223 Y1:43 Y2:58', [1000, 2000]],
])('times %s are read', (_what, line, wanted) => {
  expect(times(line)).toEqual(wanted)
})

test.each(['-->', '->', '--->', '>', '—>', '–>', '-- >', '- ->', '==>', '→', '--&gt;'])(
  'the arrow %s is one',
  (arrow) => {
    expect(times(`00:00:01,000${arrow}00:00:02,000`)).toEqual([1000, 2000])
    expect(times(`00:00:01,000 ${arrow} 00:00:02,000`)).toEqual([1000, 2000])
  },
)

test.each([
  '00:00:13,980 --> 00:00:19werwer,580',
  '00:00:13,980 --> ',
  '00:00:13,980 -- 00:00:15,000',
  'press A --> B now',
  '10:30 - 11:00',
  '',
])('%j is no timing', (line) => {
  expect(times(line)).toBeNull()
})

test('a line that begins like times was meant to have them', () => {
  expect(isAlmostTiming('00:00:13,980 --> 00:00:19werwer,580')).toBe(true)
  expect(isAlmostTiming('00:00:13,980 --> ')).toBe(true)
  expect(isAlmostTiming('13 apples --> 14 pears')).toBe(false)
  expect(isAlmostTiming('press A --> B')).toBe(false)
})

test('SBV has a comma between its times', () => {
  expect(commaTiming('0:00:00.500,0:00:01.500')).toMatchObject({ startMs: 500, endMs: 1500 })
  expect(commaTiming('0:00:00,0:00:01')).toMatchObject({ startMs: 0, endMs: 1000 })
  expect(commaTiming('At 10:30, 11:00 or so')).toBeNull()
})
