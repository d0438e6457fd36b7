/** A family of fonts that ships with Cutroom. Lengths are em. */
export interface ShippedFont {
  readonly family: string
  /** Sum of the font's OS/2 usWinAscent and usWinDescent: libass takes a font size as the height of a line. */
  readonly lineHeight: number
  readonly ascent: number
  /** As scripts/fonts/pack-glyphs.mjs writes it. */
  readonly glyphs: string
}

/** Of one glyph, in hundredths of the em square. */
export interface GlyphSize {
  /** How far the pen moves. */
  readonly width: number
  /** The upper edge of its ink above the line; null: it has no ink. */
  readonly top: number | null
}

/** The glyphs of a font by their code points. */
export type GlyphTable = Pick<ReadonlyMap<number, GlyphSize>, 'get' | 'has'>

/** The fonts that scripts/shipped-glyphs.mjs has written down, one a line. */
export function readFonts(lines: string): ShippedFont[] {
  return lines
    .trim()
    .split('\n')
    .map((line) => {
      const [family = '', lineHeight, ascent, glyphs = ''] = line.split('|')
      return { family, lineHeight: Number(lineHeight), ascent: Number(ascent), glyphs }
    })
}

const TOP_OFFSET = 100

/**
 * Reads what scripts/fonts/pack-glyphs.mjs has written.
 * @param base the font that runs marked by `=` are like
 */
export function unpackGlyphs(packed: string, base: GlyphTable): GlyphTable {
  const [common = '', ...runs] = packed.split(' ')
  const known = new Map<string, GlyphSize>()
  const table = new Map<number, GlyphSize>()
  let point = 0
  for (const run of runs) {
    const [, gap = '', length = '', kind = '', data = ''] = RUN.exec(run) ?? []
    point += Number.parseInt(gap, 36)
    for (const end = point + Number.parseInt(length, 36), start = point; point < end; point += 1) {
      const size = kind === '=' ? base.get(point) : read(known, sizeAt({ kind, data, common }, point - start))
      if (size) table.set(point, size)
    }
  }
  return table
}

const RUN = /^([^.]+)\.([^=:;]+)(?:([=:;])(.*))?$/

const DIGITS = 4

interface Run {
  readonly kind: string
  readonly data: string
  readonly common: string
}

function sizeAt({ kind, data, common }: Run, index: number): string {
  if (kind === ';') return data.slice(DIGITS * index, DIGITS * (index + 1))
  return kind === ':' ? data : common
}

function read(known: Map<string, GlyphSize>, digits: string): GlyphSize {
  const found = known.get(digits)
  if (found) return found
  const [width, top] = [digits.slice(0, 2), digits.slice(2)].map((half) => Number.parseInt(half, 36))
  const size = { width: width ?? 0, top: top ? top - TOP_OFFSET : null }
  known.set(digits, size)
  return size
}
