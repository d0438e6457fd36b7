import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { LAYER_FONT } from '../../../src/plan/text/colour-emoji.js'
import { FALLBACK_FAMILIES, fontFor } from '../../../src/plan/text/fonts.js'
import { readFontMetrics } from '../../support/font-file.js'

const FONTS_DIR = 'dist/fonts'

/** Old versions of fontconfig leave a file of their own in the folder. */
const files = readdirSync(FONTS_DIR).filter((file) => !file.startsWith('.'))
const shipped = files.map((file) => readFontMetrics(`${FONTS_DIR}/${file}`))

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
  ['he', 'Noto Sans Hebrew'],
  ['th', 'Noto Sans Thai'],
  ['lo', 'Noto Sans Lao'],
  ['km', 'Noto Sans Khmer'],
  ['my', 'Noto Sans Myanmar'],
  ['hy', 'Noto Sans Armenian'],
  ['ka', 'Noto Sans Georgian'],
  ['am', 'Noto Sans Ethiopic'],
  ['si', 'Noto Sans Sinhala'],
  ['or', 'Noto Sans Oriya'],
  ['bo', 'Noto Serif Tibetan'],
  ['dv', 'Noto Sans Thaana'],
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

test('the font of the layers of emoji has the lines that it is set with', () => {
  // Old versions of fontconfig leave a file of their own in the folder.
  const [file = ''] = readdirSync('dist/emoji').filter((name) => name.endsWith('.ttf'))
  const { family, winAscent, winDescent, unitsPerEm } = readFontMetrics(`dist/emoji/${file}`)
  expect(LAYER_FONT).toEqual({ family, lineHeight: (winAscent + winDescent) / unitsPerEm })
})

test.each([
  ['hi-IN', 'Noto Sans Devanagari'],
  ['HI', 'Noto Sans Devanagari'],
  ['pt-BR', 'Noto Sans'],
  ['pa-Arab-PK', 'Noto Sans Arabic'],
  ['mn-Mong', 'Noto Sans Mongolian'],
  ['sr-Latn', 'Noto Sans'],
  ['constructor', 'Noto Sans'],
  ['', 'Noto Sans'],
])('the language tag %j chooses %s', (language, family) => {
  expect(fontFor(language).family).toBe(family)
})
