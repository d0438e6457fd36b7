import { describe, expect, test } from 'vitest'
import { fontFor } from '../../../src/plan/text/fonts.js'
import { inkTop, widthOf } from '../../../src/plan/text/text-width.js'
import { advancesOf, shippedFont } from '../../support/font-file.js'

const LATIN = fontFor('en')

describe('the width of a text', () => {
  test.each([
    ['NotoSans_400Regular.ttf', 'en', 'Hamburgefonstiv ÄÖß Жук'],
    ['NotoSansHebrew_400Regular.ttf', 'he', 'שלוםעולם'],
    ['NotoSansThai_400Regular.ttf', 'th', 'สวัสดี'],
    ['NotoSansEthiopic_400Regular.ttf', 'am', 'ሰላምለዓለም'],
    ['NotoSansArmenian_400Regular.ttf', 'hy', 'Բարեւ'],
  ])('in %s is the sum of the widths of its letters, to a hundredth each', (file, language, text) => {
    const advance = advancesOf(shippedFont(file))
    const sum = Array.from(text).reduce((total, letter) => total + advance(letter), 0)
    expect(Math.abs(widthOf(text, fontFor(language), false) - sum)).toBeLessThanOrEqual(text.length * 0.005)
  })

  test('counts letters of other fonts as these have them, at the same em', () => {
    expect(widthOf('ሰ', LATIN, false)).toBe(widthOf('ሰ', fontFor('am'), false))
    expect(widthOf('漢字', LATIN, false)).toBe(2)
  })

  test('is larger in bold, and nothing for marks and joiners', () => {
    expect(widthOf('Hello', LATIN, true)).toBeGreaterThan(widthOf('Hello', LATIN, false))
    expect(widthOf('e\u0301', LATIN, false)).toBe(widthOf('e', LATIN, false))
    expect(widthOf('\u200d\u2060', LATIN, false)).toBe(0)
    expect(widthOf('', LATIN, false)).toBe(0)
  })

  test.each(['👩\u200d👩\u200d👧', '👍🏽', '🇩🇪'])('counts the emoji %s once', (emoji) => {
    expect(widthOf(emoji, LATIN, false)).toBe(widthOf('😀', LATIN, false))
  })
})

test.each([
  ['x', 0.55],
  ['H', 0.71],
  ['xHl', 0.77],
  ['É', 0.97],
  ['g.', 0.55],
])('the ink of %s begins %f em above the line', (text, top) => {
  expect(inkTop(text, LATIN)).toBeCloseTo(top, 1)
})

test('blanks have no ink', () => {
  expect(inkTop(' \u00a0\n', LATIN)).toBeNull()
})
