import fc from 'fast-check'
import { expect, test } from 'vitest'
import { graphemesOf } from '../../../src/plan/text/graphemes.js'

const SEGMENTS = new Intl.Segmenter('en', { granularity: 'grapheme' })

test('graphemes are those of Unicode, for any text', () => {
  const joining = [
    'é',
    'e\u0301',
    '\u200d',
    '👩',
    '🇮',
    '🇳',
    '1\ufe0f\u20e3',
    '한',
    '\u1112\u1161',
    'क',
    '\u094d',
    'ि',
    '\r',
    '\n',
    'ำ',
    // Letters that belong to the letter before or behind them.
    'ﾞ',
    '\u0d4e',
    '\u{111c2}',
    '\u{11f02}',
    '\u{16d63}',
    '\u{16d67}',
    '\u0600',
    '\ud800',
    ' ',
  ]
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({ unit: fc.constantFrom(...joining, 'a', '漢', 'ก', 'ع'), maxLength: 60 }),
  )
  fc.assert(
    fc.property(text, (any) => {
      expect([...graphemesOf(any)]).toEqual(Array.from(SEGMENTS.segment(any), ({ segment }) => segment))
    }),
    { numRuns: 2000 },
  )
})

test('every character is told from its neighbours as Unicode does', () => {
  // In blocks, since Intl.Segmenter needs time by the square of a text's length.
  for (let block = 0; block < 0x20000; block += 0x100) {
    const characters = Array.from({ length: 0x100 }, (_, index) => String.fromCodePoint(block + index))
    const text = characters.map((character) => `a${character}あ${character}${character}`).join('')
    expect([...graphemesOf(text)]).toEqual(Array.from(SEGMENTS.segment(text), ({ segment }) => segment))
  }
})
