import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { FALLBACK_FAMILIES, fontFor } from '../../src/plan/fonts.js'
import { readFontMetrics } from '../support/font-file.js'

const SCOPE = 'node_modules/@expo-google-fonts'

const shipped = readdirSync(SCOPE).flatMap((name) => {
  const dir = `${SCOPE}/${name}/400Regular`
  return readdirSync(dir).flatMap((file) =>
    file.endsWith('.ttf') ? [readFontMetrics(`${dir}/${file}`)] : [],
  )
})

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
])('%s is set in %s, whose line height is the one in the font file', (language, family) => {
  const font = fontFor(language)
  const metrics = shipped.find((candidate) => candidate.family === family)
  expect(font.family).toBe(family)
  if (!metrics) throw new Error(`${family} is not shipped`)
  expect(font.lineHeight).toBeCloseTo((metrics.winAscent + metrics.winDescent) / metrics.unitsPerEm, 3)
})

test('every shipped font is fallen back to', () => {
  expect([...FALLBACK_FAMILIES].sort()).toEqual(shipped.map(({ family }) => family).sort())
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
