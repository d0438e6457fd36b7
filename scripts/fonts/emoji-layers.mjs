import { codePoints } from './code-points.mjs'
import { readTables, tableOf } from './sfnt.mjs'

/**
 * @typedef {object} Emoji
 * @property {string} text without U+FE0F
 * @property {{ glyph: number, color: number }[]} layers from the lowest to the uppermost
 * @property {number} top the upper edge of its ink above the line, in hundredths of the em square
 */

const LIGATURES = 4
const EXTENSION = 7

/**
 * The emoji of a font whose colours are layers (https://learn.microsoft.com/typography/opentype/spec/colr, version 0).
 * @param {Buffer} font
 * @returns {{ palette: string[], emoji: Emoji[] }} colours as `rrggbbaa`
 */
export function emojiLayers(font) {
  const tables = readTables(font)
  const layers = layersByGlyph(tableOf(tables, 'COLR'))
  const points = new Map(codePoints(font))
  const texts = new Map([...points].map(([point, glyph]) => [String.fromCodePoint(point), glyph]))
  const byGlyph = new Map([...points].map(([point, glyph]) => [glyph, String.fromCodePoint(point)]))
  for (const { glyphs, result } of ligatures(tableOf(tables, 'GSUB'))) {
    const parts = glyphs.map((glyph) => byGlyph.get(glyph))
    if (parts.every((part) => part !== undefined)) texts.set(parts.join(''), result)
  }
  const topOf = tops(tables)
  /** @type {Map<string, Emoji>} */
  const emoji = new Map()
  for (const [text, glyph] of texts) {
    const own = layers.get(glyph)
    const key = text.replaceAll('\ufe0f', '')
    // A digit alone is no emoji.
    if (!own || /^[\0-\u007f]$/.test(key)) continue
    emoji.set(key, { text: key, layers: own, top: Math.max(...own.map((layer) => topOf(layer.glyph))) })
  }
  const sorted = [...emoji.values()].sort((a, b) => (a.text < b.text ? -1 : 1))
  return { palette: palette(tableOf(tables, 'CPAL')), emoji: sorted }
}

/** @param {Buffer} colr */
function layersByGlyph(colr) {
  const [bases, all] = [colr.readUInt32BE(4), colr.readUInt32BE(8)]
  /** @type {Map<number, Emoji['layers']>} */
  const found = new Map()
  for (let index = 0; index < colr.readUInt16BE(2); index += 1) {
    const [glyph, first, count] = [0, 2, 4].map((field) => colr.readUInt16BE(bases + 6 * index + field))
    const layers = Array.from({ length: count ?? 0 }, (_, layer) => {
      const at = all + 4 * ((first ?? 0) + layer)
      return { glyph: colr.readUInt16BE(at), color: colr.readUInt16BE(at + 2) }
    })
    found.set(glyph ?? 0, layers)
  }
  return found
}

/** @param {Buffer} cpal colours are kept as blue, green, red, alpha */
function palette(cpal) {
  const start = cpal.readUInt32BE(8) + 4 * cpal.readUInt16BE(12)
  return Array.from({ length: cpal.readUInt16BE(2) }, (_, index) => {
    const [blue = 0, green = 0, red = 0, alpha = 0] = cpal.subarray(start + 4 * index, start + 4 * index + 4)
    return Buffer.from([red, green, blue, alpha]).toString('hex')
  })
}

/** @param {Buffer} gsub https://learn.microsoft.com/typography/opentype/spec/gsub */
function* ligatures(gsub) {
  const list = gsub.subarray(gsub.readUInt16BE(8))
  for (let index = 0; index < list.readUInt16BE(0); index += 1) {
    const lookup = list.subarray(list.readUInt16BE(2 + 2 * index))
    const kind = lookup.readUInt16BE(0)
    for (let sub = 0; sub < lookup.readUInt16BE(4); sub += 1) {
      const table = lookup.subarray(lookup.readUInt16BE(6 + 2 * sub))
      if (kind === LIGATURES) yield* ligaturesOf(table)
      else if (kind === EXTENSION && table.readUInt16BE(2) === LIGATURES) {
        yield* ligaturesOf(table.subarray(table.readUInt32BE(4)))
      }
    }
  }
}

/** @param {Buffer} table */
function* ligaturesOf(table) {
  const first = coverage(table.subarray(table.readUInt16BE(2)))
  for (let index = 0; index < table.readUInt16BE(4); index += 1) {
    const set = table.subarray(table.readUInt16BE(6 + 2 * index))
    for (let one = 0; one < set.readUInt16BE(0); one += 1) {
      const ligature = set.subarray(set.readUInt16BE(2 + 2 * one))
      const rest = Array.from({ length: ligature.readUInt16BE(2) - 1 }, (_, part) =>
        ligature.readUInt16BE(4 + 2 * part),
      )
      yield { glyphs: [first[index] ?? 0, ...rest], result: ligature.readUInt16BE(0) }
    }
  }
}

/**
 * The glyphs of a coverage table, in its order.
 * @param {Buffer} table
 */
function coverage(table) {
  const count = table.readUInt16BE(2)
  if (table.readUInt16BE(0) === 1)
    return Array.from({ length: count }, (_, index) => table.readUInt16BE(4 + 2 * index))
  return Array.from({ length: count }, (_, index) => {
    const [start, end] = [table.readUInt16BE(4 + 6 * index), table.readUInt16BE(6 + 6 * index)]
    return Array.from({ length: end - start + 1 }, (_, glyph) => start + glyph)
  }).flat()
}

/** @param {ReadonlyMap<string, Buffer>} tables */
function tops(tables) {
  const [head, loca, glyf] = ['head', 'loca', 'glyf'].map((tag) => tableOf(tables, tag))
  if (!head || !loca || !glyf) throw new Error('the font lacks a table')
  const isLong = head.readInt16BE(50) === 1
  const em = head.readUInt16BE(18)
  /** @param {number} glyph */
  const offset = (glyph) => (isLong ? loca.readUInt32BE(4 * glyph) : 2 * loca.readUInt16BE(2 * glyph))
  return (/** @type {number} */ glyph) =>
    offset(glyph) === offset(glyph + 1) ? -em : Math.round((100 * glyf.readInt16BE(offset(glyph) + 8)) / em)
}
