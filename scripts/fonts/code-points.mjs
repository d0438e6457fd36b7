/**
 * The code points for which a font has a glyph, each with the glyph's number, by the font's best Unicode table
 * (https://learn.microsoft.com/typography/opentype/spec/cmap).
 * @param {Buffer} bytes a TrueType or OpenType font
 * @returns {Iterable<readonly [point: number, glyph: number]>}
 */
export function codePoints(bytes) {
  const cmap = tableOffset(bytes, 'cmap')
  const offsets = Array.from({ length: bytes.readUInt16BE(cmap + 2) }, (_, index) => {
    return cmap + bytes.readUInt32BE(cmap + 4 + 8 * index + 4)
  })
  const full = offsets.find((offset) => bytes.readUInt16BE(offset) === 12)
  if (full !== undefined) return groups(bytes, full)
  const basic = offsets.find((offset) => bytes.readUInt16BE(offset) === 4)
  if (basic === undefined) throw new Error('the font has no character table of format 4 or 12')
  return segments(bytes, basic)
}

/**
 * @param {Buffer} bytes
 * @param {string} tag
 */
export function tableOffset(bytes, tag) {
  for (let record = 12; record < 12 + 16 * bytes.readUInt16BE(4); record += 16) {
    if (bytes.toString('latin1', record, record + 4) === tag) return bytes.readUInt32BE(record + 8)
  }
  throw new Error(`the font has no table ${tag}`)
}

/**
 * Format 12.
 * @param {Buffer} bytes
 * @param {number} table
 */
function* groups(bytes, table) {
  for (let index = 0; index < bytes.readUInt32BE(table + 12); index += 1) {
    const group = table + 16 + 12 * index
    const start = bytes.readUInt32BE(group)
    const end = bytes.readUInt32BE(group + 4)
    const glyph = bytes.readUInt32BE(group + 8)
    for (let point = start; point <= end; point += 1) {
      if (glyph + point - start !== 0) yield /** @type {const} */ ([point, glyph + point - start])
    }
  }
}

/**
 * Format 4.
 * @param {Buffer} bytes
 * @param {number} table
 */
function* segments(bytes, table) {
  const twice = bytes.readUInt16BE(table + 6)
  for (let offset = 0; offset < twice; offset += 2) {
    const end = bytes.readUInt16BE(table + 14 + offset)
    const start = bytes.readUInt16BE(table + 16 + twice + offset)
    const delta = bytes.readUInt16BE(table + 16 + 2 * twice + offset)
    const rangeAt = table + 16 + 3 * twice + offset
    const range = bytes.readUInt16BE(rangeAt)
    for (let point = start; point <= end && point < 0xffff; point += 1) {
      const found = range === 0 ? point : bytes.readUInt16BE(rangeAt + range + 2 * (point - start))
      const glyph = (found + delta) % 0x10000
      if (found !== 0 && glyph !== 0) yield /** @type {const} */ ([point, glyph])
    }
  }
}
