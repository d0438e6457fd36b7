/**
 * A font that ships with Cutroom. `lineHeight` is the sum of the font's OS/2 usWinAscent and usWinDescent over
 * its units per em: libass takes a font size as the height of a line, users mean the em square. A test compares
 * these figures with the font files.
 */
export interface Font {
  readonly family: string
  readonly lineHeight: number
}

const NOTO_SANS: Font = { family: 'Noto Sans', lineHeight: 1.519 }
const DEVANAGARI: Font = { family: 'Noto Sans Devanagari', lineHeight: 1.906 }
const BENGALI: Font = { family: 'Noto Sans Bengali', lineHeight: 1.403 }
const ARABIC: Font = { family: 'Noto Sans Arabic', lineHeight: 2.169 }

/** The family name under which a font asset is drawn with, whatever its own name: no other font has it. */
export const ASSET_FAMILY = 'Cutroom Asset'

/** Fonts by primary language subtag. Every other language is set in Noto Sans, with fallback to the rest. */
const FONT_BY_LANGUAGE: Readonly<Record<string, Font>> = {
  hi: DEVANAGARI,
  mr: DEVANAGARI,
  ne: DEVANAGARI,
  sa: DEVANAGARI,
  bn: BENGALI,
  as: BENGALI,
  ta: { family: 'Noto Sans Tamil', lineHeight: 1.24 },
  te: { family: 'Noto Sans Telugu', lineHeight: 1.478 },
  gu: { family: 'Noto Sans Gujarati', lineHeight: 1.484 },
  kn: { family: 'Noto Sans Kannada', lineHeight: 1.645 },
  ml: { family: 'Noto Sans Malayalam', lineHeight: 1.247 },
  pa: { family: 'Noto Sans Gurmukhi', lineHeight: 1.304 },
  ar: ARABIC,
  fa: ARABIC,
  ur: { family: 'Noto Nastaliq Urdu', lineHeight: 2.5 },
  zh: { family: 'Noto Sans SC', lineHeight: 1.448 },
  ja: { family: 'Noto Sans JP', lineHeight: 1.448 },
  ko: { family: 'Noto Sans KR', lineHeight: 1.448 },
}

/**
 * The families in which libass looks for characters that a text's own font lacks, in this order. Emoji come
 * last, since their font also has digits and signs. They have no colour: libass draws only outlines.
 */
export const FALLBACK_FAMILIES: readonly string[] = [
  ...new Set([NOTO_SANS, ...Object.values(FONT_BY_LANGUAGE)].map(({ family }) => family)),
  'Noto Emoji',
]

/** The shipped font for a language tag of BCP 47. */
export function fontFor(language: string): Font {
  const primary = language.split('-', 1)[0]?.toLowerCase() ?? ''
  return Object.hasOwn(FONT_BY_LANGUAGE, primary) ? (FONT_BY_LANGUAGE[primary] ?? NOTO_SANS) : NOTO_SANS
}
