import { expect, test } from 'vitest'
import { PLAIN } from '../../../src/plan/subtitles/cue.js'
import { trimSpans } from '../../../src/plan/subtitles/trim-spans.js'

const trimmed = (...texts: string[]) =>
  trimSpans(texts.map((text) => ({ text, style: PLAIN }))).map(({ text }) => text)

test.each([
  [
    [' a ', ' b '],
    ['a ', ' b'],
  ],
  [
    ['a ', '\n', ' b'],
    ['a', '\n', 'b'],
  ],
  [
    ['a', ' ', ' \n b \n\n c '],
    ['a', '\nb\n\nc'],
  ],
  [['\n ', ' \n a', '\n', '\n'], ['a']],
  [[' ', '\n'], []],
  [['\u00a0a'], ['\u00a0a']],
])('%j without blanks at the ends of lines is %j', (texts, wanted) => {
  expect(trimmed(...texts)).toEqual(wanted)
})
