import { type GlyphTable, readFonts, unpackGlyphs } from './glyph-table.js'
import { SHIPPED_GLYPHS } from './shipped-glyphs.js'

const SHIPPED_FONTS = readFonts(SHIPPED_GLYPHS)

/** A font as text is set in it. Lengths are em: libass takes a font size as the height of a line, users mean the em. */
export interface Font {
  readonly family: string
  readonly lineHeight: number
  /** Of a line, above the letters' base line. */
  readonly ascent: number
  readonly glyphs: GlyphTable
}

/** The family name under which a font asset is drawn with, whatever its own name: no other font has it. */
export const ASSET_FAMILY = 'Cutroom Asset'

const LATIN = 'Noto Sans'

/** Fonts by primary language subtag. Every other language is set in Noto Sans. */
const FAMILY_BY_LANGUAGE: Readonly<Record<string, string>> = {
  ...each(['hi', 'mr', 'ne', 'sa', 'bho', 'brx', 'doi', 'gom', 'kok', 'mai'], 'Noto Sans Devanagari'),
  ...each(['bn', 'as'], 'Noto Sans Bengali'),
  ta: 'Noto Sans Tamil',
  te: 'Noto Sans Telugu',
  gu: 'Noto Sans Gujarati',
  kn: 'Noto Sans Kannada',
  ml: 'Noto Sans Malayalam',
  pa: 'Noto Sans Gurmukhi',
  ...each(['ar', 'fa', 'ps', 'ckb', 'sd', 'ug'], 'Noto Sans Arabic'),
  ur: 'Noto Nastaliq Urdu',
  zh: 'Noto Sans SC',
  ja: 'Noto Sans JP',
  ko: 'Noto Sans KR',
  ...each(['he', 'yi'], 'Noto Sans Hebrew'),
  th: 'Noto Sans Thai',
  lo: 'Noto Sans Lao',
  km: 'Noto Sans Khmer',
  ...each(['my', 'mnw', 'shn', 'ksw'], 'Noto Sans Myanmar'),
  hy: 'Noto Sans Armenian',
  ka: 'Noto Sans Georgian',
  ...each(['am', 'ti', 'gez'], 'Noto Sans Ethiopic'),
  si: 'Noto Sans Sinhala',
  or: 'Noto Sans Oriya',
  ...each(['bo', 'dz'], 'Noto Serif Tibetan'),
  dv: 'Noto Sans Thaana',
  ...each(['syr', 'aii', 'arc'], 'Noto Sans Syriac'),
  nqo: 'Noto Sans NKo',
  chr: 'Noto Sans Cherokee',
  ...each(['iu', 'cr', 'oj'], 'Noto Sans Canadian Aboriginal'),
  ccp: 'Noto Sans Chakma',
  lis: 'Noto Sans Lisu',
  mni: 'Noto Sans Meetei Mayek',
  sat: 'Noto Sans Ol Chiki',
  osa: 'Noto Sans Osage',
  syl: 'Noto Sans Syloti Nagri',
  blt: 'Noto Sans Tai Viet',
  ...each(['zgh', 'ber', 'shi'], 'Noto Sans Tifinagh'),
  vai: 'Noto Sans Vai',
  ii: 'Noto Sans Yi',
}

/** Fonts by script subtag, for languages that are written in several scripts. */
const FAMILY_BY_SCRIPT: Readonly<Record<string, string>> = {
  latn: LATIN,
  cyrl: LATIN,
  deva: 'Noto Sans Devanagari',
  beng: 'Noto Sans Bengali',
  arab: 'Noto Sans Arabic',
  aran: 'Noto Nastaliq Urdu',
  adlm: 'Noto Sans Adlam',
  bali: 'Noto Sans Balinese',
  cans: 'Noto Sans Canadian Aboriginal',
  cham: 'Noto Sans Cham',
  java: 'Noto Sans Javanese',
  mong: 'Noto Sans Mongolian',
  mtei: 'Noto Sans Meetei Mayek',
  olck: 'Noto Sans Ol Chiki',
  rohg: 'Noto Sans Hanifi Rohingya',
  tfng: 'Noto Sans Tifinagh',
  tibt: 'Noto Serif Tibetan',
}

function each(languages: readonly string[], family: string): Record<string, string> {
  return Object.fromEntries(languages.map((language) => [language, family]))
}

/** Fonts of signs, which also have letters and digits: they are asked last. */
const SIGNS = ['Noto Sans Symbols', 'Noto Sans Symbols 2', 'Noto Emoji']

/**
 * The families in which characters are looked for that a text's own font lacks, in this order. Emoji come last, since
 * their font also has digits and signs.
 */
export const FALLBACK_FAMILIES: readonly string[] = [
  ...new Set([
    LATIN,
    ...Object.values(FAMILY_BY_LANGUAGE),
    ...Object.values(FAMILY_BY_SCRIPT),
    ...SHIPPED_FONTS.map(({ family }) => family).filter((family) => !SIGNS.includes(family)),
    ...SIGNS,
  ]),
]

export const EMOJI_FAMILY = 'Noto Emoji'

/** Whether the font has signs of all scripts rather than letters of one. */
export function isOfSigns({ family }: Font): boolean {
  return SIGNS.includes(family)
}

/** The shipped font for a language tag of BCP 47. */
export function fontFor(language: string): Font {
  const [primary = '', ...subtags] = language.toLowerCase().split('-')
  const script = subtags.find((subtag) => /^[a-z]{4}$/.test(subtag)) ?? ''
  return shippedFont(own(FAMILY_BY_SCRIPT, script) ?? own(FAMILY_BY_LANGUAGE, primary) ?? LATIN)
}

function own(families: Readonly<Record<string, string>>, key: string): string | null {
  return Object.hasOwn(families, key) ? (families[key] ?? null) : null
}

const unpacked = new Map<string, Font>()

/** The glyphs of a font are unpacked when it is first asked for. */
export function shippedFont(family: string): Font {
  const known = unpacked.get(family)
  if (known) return known
  const shipped = SHIPPED_FONTS.find((font) => font.family === family)
  if (!shipped) throw new Error(`no font is named ${family}`)
  const base = family === LATIN ? new Map() : shippedFont(LATIN).glyphs
  const font = { ...shipped, glyphs: unpackGlyphs(shipped.glyphs, base) }
  unpacked.set(family, font)
  return font
}
