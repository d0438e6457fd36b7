import { describe, expect, test } from 'vitest'
import { NO_STYLES, readCueStyles, styleOfTag } from '../../../src/plan/subtitles/cue-styles.js'

const MANY = 300_000

describe('a style sheet', () => {
  // A pattern that looks for an end from each of these places would take minutes.
  test.each([
    ['open comments', '/*'.repeat(MANY)],
    ['open rules', '{'.repeat(MANY)],
    ['text without rules', 'a'.repeat(MANY)],
    ['blanks before a value', `::cue{color:red${' '.repeat(MANY)}!important}`],
    ['blanks in a selector', `::cue(${' '.repeat(MANY)}x {}`],
  ])('of nothing but %s is read at once', (_, block) => {
    expect(readCueStyles(block, NO_STYLES).size).toBe(0)
  })

  test('may have comments, anywhere and with what looks like one in them', () => {
    const block = '/* a { } /*/ ::cue(b) /**/ { color: /* blue */ red !important } /* open'
    expect([...readCueStyles(block, NO_STYLES)]).toEqual([['b', { color: 'red' }]])
  })

  test.each([
    ['::cue { color: Yellow }', '', { color: 'yellow' }],
    ['::cue(b) { font-weight: normal }', 'b', { bold: false }],
    ['::cue(.x){font-weight:700;font-style:oblique}', '.x', { bold: true, italic: true }],
    ['::cue(c.x) { text-decoration: underline line-through }', 'c.x', { underline: true, strike: true }],
    ['/* { } */ ::cue { color: rgba(1, 2, 3, 0.5) !important; }', '', { color: '#010203' }],
    ['::cue(#id) { color: red } video::cue { color: red }', '', undefined],
    ['::cue { color: url(x); content: "}" }', '', {}],
    ['::cue', '', undefined],
  ])('%s', (block, selector, wanted) => {
    expect(readCueStyles(block, NO_STYLES).get(selector)).toEqual(wanted)
  })

  test('adds to the ones before, and a class wins over a tag', () => {
    const first = readCueStyles('::cue(c) { color: red; font-weight: bold }', NO_STYLES)
    const both = readCueStyles('::cue(.x) { color: blue }', first)
    expect(styleOfTag(both, 'c', '.x.y')).toEqual({ color: 'blue', bold: true })
    expect(styleOfTag(both, 'v', ' Ann')).toEqual({})
  })

  test('has no end', () => {
    const rules = Array.from({ length: 5000 }, (_, index) => `::cue(.c${index}) { color: red }`).join('\n')
    expect(readCueStyles(rules, NO_STYLES).size).toBeLessThanOrEqual(200)
    expect(readCueStyles('::cue('.repeat(50_000), NO_STYLES).size).toBe(0)
  })
})
