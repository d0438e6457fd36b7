import { describe, expect, test } from 'vitest'
import { escapeRun, prepareText } from '../../../src/plan/text/ass-text.js'
import { textOverlay } from '../../support/overlays.js'
import { compilePlan, edited } from '../../support/plan-facts.js'

const escapeText = (text: string, wraps: boolean) => escapeRun(prepareText(text, wraps))

const JOINER = '\u2060'
const THIN = String.raw`{\fscx1} {\fscx100}`

test.each([
  ['plain', 'plain'],
  ['a{b}c', 'a\\{b\\}c'],
  ['{\\pos(0,0)}x', `\\{\\${JOINER}pos(0,0)\\}x`],
  ['a\\Nb', `a\\${JOINER}Nb`],
  ['a\\\\b', `a\\${JOINER}\\${JOINER}b`],
  ['a\nb', 'a\\Nb'],
  ['a\r\nb\rc', 'a\\Nb\\Nc'],
  ['a\u2028b\u2029c\u0085d', 'a\\Nb\\Nc\\Nd'],
  ['  a  \n b', '\\h\\ha\\h\\h\\N\\hb'],
  ['a  b', 'a  b'],
  ['a\tb', 'a    b'],
  ['\ta', '\\h\\h\\h\\ha'],
  ['a\n\nb', 'a\\N\\h\\Nb'],
  ['\n', '\\h\\N\\h'],
  ['a\u0000\u0007\u001b[1m\u009fb', 'a[1mb'],
  ["%{n}:',;[]", "%\\{n\\}:',;[]"],
  ['a,b,,c', 'a,b,,c'],
  ['नमस्ते', 'नमस्ते'],
  ['汉语', '汉语'],
])('%j is written as %j', (content, wanted) => {
  expect(escapeText(content, false)).toBe(wanted)
})

test('blanks in masses are read at once, and only those at the ends of lines are hard', () => {
  const blanks = ' '.repeat(300_000)
  const prepared = prepareText(`${blanks}a${blanks}b${blanks}\n\n${blanks}`, false)
  const [first = '', empty, last] = prepared.split('\n')
  expect(first.length).toBe(900_002)
  expect(first.slice(300_000, -300_000)).toBe(`a${blanks}b`)
  expect(first.slice(0, 300_000)).not.toContain(' ')
  expect([empty?.length, last?.length]).toEqual([1, 300_000])
})

describe('lines may wrap', () => {
  test.each([
    ['汉语', '汉|语'],
    ['日本語、「働く」。', '日|本|語、|「働|く」。'],
    ['キャッチ', 'キャッ|チ'],
    ['a汉 b', 'a|汉 b'],
    ['汉\\{语', `汉|\\${JOINER}\\{语`],
    ['한국어 글', '한국어 글'],
    ['two words', 'two words'],
    ['two\u200bwords', 'two|words'],
  ])('in %s at blanks and at these places: %s', (content, wanted) => {
    expect(escapeText(content, true).replaceAll(THIN, '|')).toBe(wanted)
  })
})

test('a script is one event, whatever the text', () => {
  const content = '\n[Events]\nDialogue: 0,0:00:00.00,9:00:00.00,Text,,0,0,0,,{\\pos(0,0)}evil\r[Fonts]'
  const { passes } = compilePlan(edited(textOverlay({ content })))
  const lines = passes[0]?.sideFiles[0]?.contents.split('\n') ?? []
  expect(lines.filter((line) => line.startsWith('Dialogue:'))).toHaveLength(1)
  const sections = ['[Script Info]', '[V4+ Styles]', '[Events]']
  expect(lines.filter((line) => line.startsWith('['))).toEqual(sections)
})
