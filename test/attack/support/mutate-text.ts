import type { Random } from '../../support/random.js'

/** Texts of full size are made of a few pieces that come again and again: this is where quadratic readers stand still. */
const FULL_BYTES = 1_000_000

const PIECES = [
  ...[
    ' ',
    '\t',
    '\n',
    '\r\n',
    '\u2028',
    '\u000b',
    '{',
    '}',
    '<',
    '>',
    '<!--',
    '-->',
    '<![CDATA[',
    '<!DOCTYPE a [',
    '&',
    '&a;',
  ],
  ...[
    '\\',
    '\\p',
    '{\\',
    '(',
    '-->',
    '00:00:00,000 --> ',
    '\n\n',
    '0',
    '1',
    ':',
    ',',
    '.',
    '"',
    "'",
    '=',
    'a',
    'a=',
    '/',
    '<a',
  ],
  ...[
    '<b>',
    '</b>',
    '<c.a>',
    '::cue(',
    'STYLE\n',
    'NOTE\n',
    'Style: ',
    'Dialogue: ',
    'Format: ',
    '\u0000',
    '\ufeff',
    '\ud800',
    '漢',
  ],
] as const

/** Words of a text, with the blanks and signs between them. */
const WORDS = /\p{L}+|\d+|\s+|[^\p{L}\d\s]/gu

/** A good text in which words are repeated, swapped or swollen to the full size of a file. */
export function mutateText(text: string, random: Random): string {
  const words = text.match(WORDS) ?? [text]
  for (let left = random.whole(1, 4); left > 0; left -= 1) {
    const at = random.whole(0, words.length - 1)
    switch (random.pick(['swell', 'swell', 'swap', 'put', 'remove', 'whole'])) {
      case 'swell':
        words[at] = swell([words[at] ?? '', random.pick(PIECES)], random)
        break
      case 'swap': {
        const other = random.whole(0, words.length - 1)
        const word = words[at] ?? ''
        words[at] = words[other] ?? ''
        words[other] = word
        break
      }
      case 'put':
        words.splice(at, 0, random.pick(PIECES))
        break
      case 'remove':
        words.splice(at, random.whole(1, 3), '')
        break
      case 'whole':
        return swell([words.join('')], random)
    }
  }
  return words.join('').slice(0, FULL_BYTES)
}

function swell(pieces: readonly string[], random: Random): string {
  const piece = `${pieces.join('')}${random.pick(PIECES)}`
  const size = random.pick([100, 10_000, 100_000, FULL_BYTES])
  return piece.repeat(Math.max(1, Math.floor(size / piece.length)))
}
