import { expect, test } from 'vitest'
import { breakWords, countLines } from '../../../src/plan/text/break-words.js'
import { fontFor } from '../../../src/plan/text/fonts.js'
import { widthOf } from '../../../src/plan/text/text-width.js'

const font = fontFor('en')
const column = { width: 10, font, isBold: false, lines: 30 }
const parts = (text: string) => breakWords(text, column).split('\u200b')

test('a text whose words fit stays as it is', () => {
  const text = 'Many words, but none that is wide\nenough to be broken'
  expect(breakWords(text, column)).toBe(text)
})

test('a word that is wider than the column may be broken every eighth of it', () => {
  const url = `https://example.com/${'path/'.repeat(40)}`
  const broken = parts(`See ${url} now`)
  expect(broken.join('')).toBe(`See ${url} now`)
  expect(broken.length).toBeGreaterThan(60)
  for (const part of broken.slice(1, -1)) expect(widthOf(part, font, false)).toBeLessThanOrEqual(10 / 8)
})

test.each(['नमस्तेदुनिया', '👩‍👩‍👧', 'e\u0301'])('no letter of %s is taken apart', (word) => {
  const graphemes = [...new Intl.Segmenter('en').segment(word)].map(({ segment }) => segment)
  for (const part of parts(word.repeat(30))) {
    expect(graphemes.some((grapheme) => part.startsWith(grapheme))).toBe(true)
  }
})

test('Thai is broken between words', () => {
  expect(parts('สวัสดีชาวโลก'.repeat(5)).slice(0, 3)).toEqual(['สวัสดี', 'ชาว', 'โลก'])
})

test('Tibetan is broken between syllables', () => {
  const broken = parts('བཀྲ་ཤིས་བདེ་ལེགས།'.repeat(6))
  for (const part of broken) expect(part).toMatch(/[་།]$/u)
})

test.each([
  ['one', 1],
  ['one\ntwo', 2],
  ['', 1],
  ['wwwww wwwww wwwww', 2],
  ['WWWW WWWW WWWW', 2],
  ['WWWWWW WWWWWW WWWWWW', 3],
  ['私は猫である名前はまだない', 2],
])('%j takes %i lines', (text, lines) => {
  expect(countLines(text, column)).toBe(lines)
})

test('a broken word fills its lines', () => {
  expect(countLines(breakWords('w'.repeat(60), column), column)).toBe(5)
})

test('what the picture has no room for is not broken', () => {
  const small = { ...column, lines: 2 }
  const broken = breakWords('w'.repeat(2000), small).split('\u200b')
  expect(broken.at(-1)?.length).toBeGreaterThan(1900)
  expect(broken.join('')).toBe('w'.repeat(2000))
  expect(breakWords(`${'w'.repeat(100)} ${'v'.repeat(100)}`, small).endsWith(` ${'v'.repeat(100)}`)).toBe(
    true,
  )
})
