import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { missingCharacters, nameCharacters } from '../../../src/plan/text/missing-glyphs.js'
import { textOverlay } from '../../support/overlays.js'
import { compilePlan, edited } from '../../support/plan-facts.js'

test('the recorded ranges of characters match the font files', () => {
  expect(() => execFileSync(process.execPath, ['scripts/shipped-glyphs.mjs', '--check'])).not.toThrow()
})

describe('characters that no font has', () => {
  test.each([
    'שלום ไทย ລາວ ខ្មែរ မြန်မာ հայ ქართ አማርኛ සිංහල ଓଡ଼ିଆ བོད་ ދިވެހި ܣܘܪܝܝܐ ߒߞߏ',
    'ᏣᎳᎩ ᐃᓄᒃᑎᑐᑦ 𑄌𑄋𑄴𑄟 ꓡꓲ ꯃꯤꯇꯩ ᱥᱟᱱ 𐓏𐓘 ꠍꠤ ꪼꪕ ⵜⵉⴼ ꕙꔤ ꆈꌠ 𞤀𞤣 ᬩᬮᬶ ꨌꩌ ꦗꦮ ᠮᠣᠩ 𐴌𐴟',
    '★ ☎ ✓ ⌘ → ▶ 1️⃣ #️⃣',
    'Text',
    'ÄéßЖЯ Ελ',
    'नमस्ते',
    'வணக்கம்',
    'తెలుగు',
    'বাংলা',
    'मराठी ळ',
    'ગુજરાતી',
    'ಕನ್ನಡ',
    'മലയാളം',
    'ਪੰਜਾਬੀ',
    'مرحبا',
    'پاکستان ٹڑے',
    '汉语漢語',
    '日本語 ひらがな カタカナ',
    '한국어',
    '😀🚀👩\u200d🚀❤\ufe0f',
    '\t\r\n \u00a0\u2028\u200b\u200c\u200d\u200e\u200f\u2060\u202e\u2069\ufeff\u0007\u001b',
  ])('do not occur in %j', (text) => {
    expect(missingCharacters(text)).toEqual([])
  })

  test('are found once each, in order', () => {
    expect(missingCharacters('a\u{13000}b\u{12000}\u{13000}\u{10ffff}\ud800')).toEqual([
      ...['\u{13000}', '\u{12000}', '\u{10ffff}', '\ud800'],
    ])
  })

  test('are named with their numbers, at most twenty of them', () => {
    expect(nameCharacters(['\u{13000}', '\ud800'])).toBe('\u{13000} (U+13000), U+D800')
    const many = Array.from({ length: 23 }, (_, index) => String.fromCodePoint(0x13000 + index))
    expect(nameCharacters(many)).toMatch(/ \(U\+13013\) and 3 more$/)
  })

  test('cause a warning that names them and the operation', () => {
    const { warnings } = compilePlan(edited(textOverlay({ content: 'a\u{13000}' })))
    expect(warnings).toEqual([
      {
        code: 'missing-glyphs',
        message: 'No font has these characters in /operations/0: \u{13000} (U+13000).',
      },
    ])
    expect(compilePlan(edited(textOverlay({ content: 'नमस्ते 😀' }))).warnings).toEqual([])
  })
})
