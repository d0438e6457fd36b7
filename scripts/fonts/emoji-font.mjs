import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import decompress from 'woff2-encoder/decompress'
import { readTables, tableOf, writeTables } from './sfnt.mjs'

const PACKAGE = 'twemoji-colr-font'
const FAMILY = 'Cutroom Emoji'

/** Where glyph 0 is: a private area with room for every glyph of a font. src/plan/text/colour-emoji.ts reads so. */
const FIRST_POINT = 0xf0000

/** U+2066 and U+2069 keep an emoji apart from the direction of its text. The two blanks stand beside its layers. */
const ISOLATE = 0x2066
const POP_ISOLATE = 0x2069
const BLANK_BEFORE = 0xffff0
const BLANK_BEHIND = 0xffff1

/** In units of 512 an em: an emoji and its blanks are as wide as one of Noto Emoji, and its lines as high. */
const SIDE = 69
const EMOJI = 512
const ASCENT = 475
const DESCENT = 125

/** libass makes no face bolder that is as bold as this, and slants none that says it is italic. */
const BLACK = 900

/**
 * The font of coloured emoji that the package has, as TrueType (COLR of version 0).
 * @param {string} root
 */
export async function readEmojiFont(root) {
  const file = join(root, 'node_modules', PACKAGE, 'twemoji.woff2')
  return Buffer.from(await decompress(await readFile(file)))
}

/**
 * A font of the layers that emoji are made of: libass draws no coloured fonts, but it draws the layers one over the
 * other when each is a character of its own. No layer has a width.
 * @param {Buffer} font as `readEmojiFont` gives it
 */
export function layerFont(font) {
  const tables = readTables(font)
  const count = tableOf(tables, 'maxp').readUInt16BE(4)
  // Four glyphs without ink, behind the others.
  const [maxp, head, hhea] = ['maxp', 'head', 'hhea'].map((tag) => Buffer.from(tableOf(tables, tag)))
  const os2 = Buffer.from(tableOf(tables, 'OS/2'))
  if (!maxp || !head || !hhea) throw new Error('the font lacks a table')
  maxp.writeUInt16BE(count + BLANKS.length, 4)
  hhea.writeUInt16BE(count + BLANKS.length, 34)
  ;[ASCENT, -DESCENT, 0].forEach((value, place) => hhea.writeInt16BE(value, 4 + 2 * place))
  head.writeUInt16BE(head.readUInt16BE(44) | ITALIC_STYLE, 44)
  os2.writeUInt16BE(BLACK, 4)
  os2.writeUInt16BE(ITALIC_SELECTION, 62)
  ;[ASCENT, -DESCENT, 0, ASCENT, DESCENT].forEach((value, place) => os2.writeInt16BE(value, 68 + 2 * place))
  return writeTables(
    new Map([
      ...['glyf', 'post'].map(
        (tag) => /** @type {const} */ ([tag, tag === 'post' ? POST : tableOf(tables, tag)]),
      ),
      ['loca', longerLoca(tableOf(tables, 'loca'), head.readInt16BE(50) === 1)],
      ['maxp', maxp],
      ['head', head],
      ['hhea', hhea],
      ['OS/2', os2],
      ['hmtx', widths(tableOf(tables, 'hmtx'), tableOf(tables, 'hhea').readUInt16BE(34), count)],
      ['cmap', characters(count)],
      ['name', names()],
    ]),
  )
}

const ITALIC_STYLE = 2
const ITALIC_SELECTION = 1

const BLANKS = [
  { point: ISOLATE, width: 0 },
  { point: POP_ISOLATE, width: 0 },
  { point: BLANK_BEFORE, width: SIDE },
  { point: BLANK_BEHIND, width: EMOJI + SIDE },
]

/** Version 3 has no names of glyphs. */
const POST = Buffer.alloc(32)
POST.writeUInt32BE(0x00030000, 0)

/**
 * @param {Buffer} loca
 * @param {boolean} isLong
 */
function longerLoca(loca, isLong) {
  const last = loca.subarray(loca.length - (isLong ? 4 : 2))
  return Buffer.concat([loca, ...BLANKS.map(() => last)])
}

/**
 * Glyphs keep their left edge and lose their width.
 * @param {Buffer} hmtx
 * @param {number} wide
 * @param {number} count
 */
function widths(hmtx, wide, count) {
  const table = Buffer.alloc(4 * (count + BLANKS.length))
  for (let glyph = 0; glyph < count; glyph += 1) {
    const at = glyph < wide ? 4 * glyph + 2 : 4 * wide + 2 * (glyph - wide)
    table.writeInt16BE(hmtx.readInt16BE(at), 4 * glyph + 2)
  }
  BLANKS.forEach(({ width }, index) => table.writeUInt16BE(width, 4 * (count + index)))
  return table
}

/**
 * Format 12: every glyph by its number.
 * @param {number} count
 */
function characters(count) {
  const points = BLANKS.map(({ point }, index) => [point, point, count + index])
  const groups = [...points.slice(0, 2), [FIRST_POINT, FIRST_POINT + count - 1, 0], ...points.slice(2)]
  const table = Buffer.alloc(12 + 16 + 12 * groups.length)
  ;[0, 1, 3, 10, 0, 12, 12, 0].forEach((value, place) => table.writeUInt16BE(value, 2 * place))
  ;[table.length - 12, 0, groups.length, ...groups.flat()].forEach((value, place) =>
    table.writeUInt32BE(value, 16 + 4 * place),
  )
  return table
}

/** The fields of libass and fontconfig: family, style, whole name, name in PostScript. */
function names() {
  const texts = /** @type {const} */ ([
    [1, FAMILY],
    [2, 'Regular'],
    [4, FAMILY],
    [6, FAMILY.replace(' ', '')],
  ])
  const header = Buffer.alloc(6 + 12 * texts.length)
  header.writeUInt16BE(texts.length, 2)
  header.writeUInt16BE(header.length, 4)
  let length = 0
  const strings = texts.map(([id, text], index) => {
    const string = Buffer.from(text, 'utf16le').swap16()
    const record = [3, 1, 0x409, id, string.length, length]
    record.forEach((value, place) => header.writeUInt16BE(value, 6 + 12 * index + 2 * place))
    length += string.length
    return string
  })
  return Buffer.concat([header, ...strings])
}
