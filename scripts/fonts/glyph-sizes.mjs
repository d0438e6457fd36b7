import { codePoints, tableOffset } from './code-points.mjs'

/**
 * @typedef {object} Glyph
 * @property {number} point
 * @property {number} width how far the pen moves, in hundredths of the em square
 * @property {number | null} top the upper edge of its ink above the line, likewise; null: it has no ink
 */

/**
 * The glyphs of a TrueType font by code point, ascending.
 * @param {Buffer} bytes
 * @returns {Glyph[]}
 */
export function glyphSizes(bytes) {
  const head = tableOffset(bytes, 'head')
  const hundredth = bytes.readUInt16BE(head + 18) / 100
  const wide = bytes.readUInt16BE(tableOffset(bytes, 'hhea') + 34)
  const [hmtx, loca, glyf] = [
    tableOffset(bytes, 'hmtx'),
    tableOffset(bytes, 'loca'),
    tableOffset(bytes, 'glyf'),
  ]
  const isLong = bytes.readInt16BE(head + 50) === 1
  /** @param {number} glyph */
  const offset = (glyph) =>
    isLong ? bytes.readUInt32BE(loca + 4 * glyph) : 2 * bytes.readUInt16BE(loca + 2 * glyph)
  const glyphs = Array.from(codePoints(bytes), ([point, glyph]) => ({
    point,
    width: Math.round(bytes.readUInt16BE(hmtx + 4 * Math.min(glyph, wide - 1)) / hundredth),
    top:
      offset(glyph) === offset(glyph + 1)
        ? null
        : Math.round(bytes.readInt16BE(glyf + offset(glyph) + 8) / hundredth),
  }))
  return glyphs.sort((a, b) => a.point - b.point)
}

/**
 * The family of a font, and the figures that libass places its lines by, in em: OS/2 usWinAscent, and the sum with
 * usWinDescent.
 * @param {Buffer} bytes
 */
export function fontFigures(bytes) {
  const os2 = tableOffset(bytes, 'OS/2')
  const em = bytes.readUInt16BE(tableOffset(bytes, 'head') + 18)
  const [ascent, descent] = [bytes.readUInt16BE(os2 + 74), bytes.readUInt16BE(os2 + 76)]
  /** @param {number} units */
  const inEm = (units) => Number((units / em).toFixed(4))
  return { family: familyName(bytes), lineHeight: inEm(ascent + descent), ascent: inEm(ascent) }
}

/** @param {Buffer} bytes */
function familyName(bytes) {
  const table = tableOffset(bytes, 'name')
  const strings = table + bytes.readUInt16BE(table + 4)
  for (let index = 0; index < bytes.readUInt16BE(table + 2); index += 1) {
    const entry = table + 6 + 12 * index
    const [platform, name] = [bytes.readUInt16BE(entry), bytes.readUInt16BE(entry + 6)]
    if (platform !== 3 || name !== 1) continue
    const start = strings + bytes.readUInt16BE(entry + 10)
    const text = Buffer.from(bytes.subarray(start, start + bytes.readUInt16BE(entry + 8)))
    return text.swap16().toString('utf16le')
  }
  throw new Error('the font has no name')
}
