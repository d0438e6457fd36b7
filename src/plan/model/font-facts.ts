/** Consecutive Unicode code points. */
export interface CodeRange {
  readonly start: number
  /** Exclusive. */
  readonly end: number
}

/** Consecutive characters that have consecutive glyphs. */
export interface GlyphRange extends CodeRange {
  /** Number of the first character's glyph. */
  readonly glyph: number
}

/** What a font file says. */
export interface FontFacts {
  /** 100 (thin) to 900 (black). */
  readonly weight: number
  readonly isItalic: boolean
  /** Sum of ascent and descent in em. libass scales it to the font size. */
  readonly lineHeight: number
  readonly ascent: number
  /** Characters of the font, ascending. */
  readonly characters: readonly GlyphRange[]
  /** By glyph, in hundredths of the em square: how far the pen moves. The last one counts for all that follow. */
  readonly widths: readonly number[]
  /** Likewise, the upper edge of the ink above the line; null: no ink. */
  readonly tops: readonly (number | null)[]
}
