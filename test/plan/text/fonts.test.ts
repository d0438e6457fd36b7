import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { FALLBACK_FAMILIES, fontFor } from '../../../src/plan/text/fonts.js'
import { readFontMetrics } from '../../support/font-file.js'

const FONTS_DIR = 'dist/fonts'

const shipped = readdirSync(FONTS_DIR).map((file) => readFontMetrics(`${FONTS_DIR}/${file}`))

test.each([
  ['en', 'Noto Sans'],
  ['hi', 'Noto Sans Devanagari'],
  ['mr', 'Noto Sans Devanagari'],
  ['ne', 'Noto Sans Devanagari'],
  ['bn', 'Noto Sans Bengali'],
  ['ta', 'Noto Sans Tamil'],
  ['te', 'Noto Sans Telugu'],
  ['gu', 'Noto Sans Gujarati'],
  ['kn', 'Noto Sans Kannada'],
  ['ml', 'Noto Sans Malayalam'],
  ['pa', 'Noto Sans Gurmukhi'],
  ['ar', 'Noto Sans Arabic'],
  ['ur', 'Noto Nastaliq Urdu'],
  ['zh', 'Noto Sans SC'],
  ['ja', 'Noto Sans JP'],
  ['ko', 'Noto Sans KR'],
])('text in %s is set in %s, with the line height of its files, bold included', (language, family) => {
  const font = fontFor(language)
  const faces = shipped.filter((candidate) => candidate.family === family)
  expect(font.family).toBe(family)
  expect(faces.length).toBeGreaterThanOrEqual(2)
  for (const { winAscent, winDescent, unitsPerEm } of faces) {
    expect(font.lineHeight).toBeCloseTo((winAscent + winDescent) / unitsPerEm, 3)
  }
})

test('every shipped font is a fallback', () => {
  expect([...FALLBACK_FAMILIES].sort()).toEqual([...new Set(shipped.map(({ family }) => family))].sort())
})

test.each([
  ['hi-IN', 'Noto Sans Devanagari'],
  ['HI', 'Noto Sans Devanagari'],
  ['pt-BR', 'Noto Sans'],
  ['constructor', 'Noto Sans'],
  ['', 'Noto Sans'],
])('the language tag %j chooses %s', (language, family) => {
  expect(fontFor(language).family).toBe(family)
})
