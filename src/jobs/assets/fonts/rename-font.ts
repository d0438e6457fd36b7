import { ASSET_FAMILY } from '../../../plan/text/fonts.js'
import { shortSubtables } from './characters.js'
import { readSfnt, tableOf } from './sfnt.js'

const WINDOWS = 3
const UNICODE_BMP = 1
const ENGLISH = 0x409
const NAMES: Readonly<Record<number, string>> = {
  1: ASSET_FAMILY,
  2: 'Regular',
  4: ASSET_FAMILY,
  6: ASSET_FAMILY.replace(/ /g, ''),
}

/**
 * The same font under a name of our own: libass chooses fonts by name, and an asset may have the name of a shipped font,
 * or a name that no ASS file can contain. Only the directory's entry changes; the new names are appended.
 * @throws RangeError for a font that readFont refuses
 */
export function renameFont(original: Buffer): Buffer {
  const { tables } = readSfnt(original)
  const names = nameTable()
  const offset = Math.ceil(original.length / 4) * 4
  const file = Buffer.concat([original, Buffer.alloc(offset - original.length), names])
  const record = tables.get('name')?.record ?? NaN
  file.writeUInt32BE(offset, record + 8)
  file.writeUInt32BE(names.length, record + 12)
  const cmap = tableOf(readSfnt(file), 'cmap')
  for (const entry of shortSubtables(cmap)) cmap.writeUInt32BE(HIDDEN, entry)
  return file
}

/** Platform Unicode, encoding BMP: FreeType reads such a subtable, libass does not prefer it. */
const HIDDEN = 0x00000003

/** https://learn.microsoft.com/typography/opentype/spec/name */
function nameTable(): Buffer {
  const entries = Object.entries(NAMES)
  const header = Buffer.alloc(6 + 12 * entries.length)
  header.writeUInt16BE(entries.length, 2)
  header.writeUInt16BE(header.length, 4)
  let length = 0
  const strings = entries.map(([id, text], index) => {
    const string = Buffer.from(text, 'utf16le').swap16()
    const fields = [WINDOWS, UNICODE_BMP, ENGLISH, Number(id), string.length, length]
    fields.forEach((field, place) => header.writeUInt16BE(field, 6 + 12 * index + 2 * place))
    length += string.length
    return string
  })
  return Buffer.concat([header, ...strings])
}
