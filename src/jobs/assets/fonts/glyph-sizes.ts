import type { FontFacts } from '../../../plan/model/font-facts.js'
import { type Sfnt, tableOf } from './sfnt.js'

/** Heights of capitals are so much of the em in most fonts. */
const USUAL_TOP = 71

/**
 * The sizes of a font's glyphs, in hundredths of the em square
 * (https://learn.microsoft.com/typography/opentype/spec/hmtx, .../glyf).
 * @throws RangeError when a table ends too early
 */
export function glyphSizes(sfnt: Sfnt): Pick<FontFacts, 'widths' | 'tops'> {
  const hundredth = tableOf(sfnt, 'head').readUInt16BE(18) / 100
  const count = tableOf(sfnt, 'maxp').readUInt16BE(4)
  const wide = Math.min(count, tableOf(sfnt, 'hhea').readUInt16BE(34))
  const hmtx = tableOf(sfnt, 'hmtx')
  const widths = Array.from({ length: wide }, (_, glyph) =>
    Math.round(hmtx.readUInt16BE(4 * glyph) / hundredth),
  )
  return { widths, tops: sfnt.tables.has('glyf') ? topsOf(sfnt, { count, hundredth }) : [capitals(sfnt)] }
}

/** Outlines of PostScript are not read: every letter counts as high as a capital. */
function capitals({ tables }: Sfnt): number {
  const os2 = tables.get('OS/2')?.bytes
  const units = tables.get('head')?.bytes.readUInt16BE(18) ?? 1
  const hasHeight = os2 !== undefined && os2.length >= 90 && os2.readUInt16BE(0) >= 2
  return (hasHeight && Math.round((os2.readInt16BE(88) * 100) / units)) || USUAL_TOP
}

interface Outlines {
  readonly count: number
  readonly hundredth: number
}

function topsOf(sfnt: Sfnt, { count, hundredth }: Outlines): (number | null)[] {
  const [loca, glyf] = [tableOf(sfnt, 'loca'), tableOf(sfnt, 'glyf')]
  const isLong = tableOf(sfnt, 'head').readInt16BE(50) === 1
  const offset = (glyph: number) => (isLong ? loca.readUInt32BE(4 * glyph) : 2 * loca.readUInt16BE(2 * glyph))
  return Array.from({ length: count }, (_, glyph) => {
    const [start, end] = [offset(glyph), offset(glyph + 1)]
    return end <= start ? null : Math.round(glyf.readInt16BE(start + 8) / hundredth)
  })
}
