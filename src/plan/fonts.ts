/**
 * The fonts that ship with Cutroom. `lineHeight` is the sum of the font's OS/2 usWinAscent and usWinDescent
 * over its units per em: libass makes a font size the height of the line, users mean the em square.
 * The figures are read from the font files, and a test compares them.
 */
export interface Font {
  readonly family: string
  readonly lineHeight: number
}

const NOTO_SANS: Font = { family: 'Noto Sans', lineHeight: 1.519 }

/** By primary language subtag; every other language is set in Noto Sans, with fallback to the rest. */
const FONT_BY_LANGUAGE: Readonly<Record<string, Font>> = {
  hi: { family: 'Noto Sans Devanagari', lineHeight: 1.906 },
  mr: { family: 'Noto Sans Devanagari', lineHeight: 1.906 },
  ne: { family: 'Noto Sans Devanagari', lineHeight: 1.906 },
  ta: { family: 'Noto Sans Tamil', lineHeight: 1.24 },
  te: { family: 'Noto Sans Telugu', lineHeight: 1.478 },
}

export function fontFor(language: string): Font {
  const primary = language.split('-', 1)[0]?.toLowerCase() ?? ''
  return Object.hasOwn(FONT_BY_LANGUAGE, primary) ? (FONT_BY_LANGUAGE[primary] ?? NOTO_SANS) : NOTO_SANS
}
