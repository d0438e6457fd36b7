import { expect, test } from 'vitest'
import { fault, leftOutOf, timedTexts } from '../../../support/subtitles.js'

test('SBV has two times, the text and an empty line', () => {
  const text =
    'YouTube\n0:00:00.500,0:00:01.500\n>> Hello[br]there\nyou\n\n0:00:02.000,1:00:03.000\nWorld, 10:30, 11:00\n'
  expect(timedTexts('sbv', text)).toEqual([
    [500, 1500, '>> Hello\nthere\nyou'],
    [2000, 3_603_000, 'World, 10:30, 11:00'],
  ])
  expect(leftOutOf('sbv', text)).toEqual(['1 is not two times like 0:01:02.500,0:01:04.000'])
})

test('SBV without times is refused', () => {
  expect(fault('sbv', 'hello')).toContain('has no cues that can be read: line 1 is not two times like')
})
