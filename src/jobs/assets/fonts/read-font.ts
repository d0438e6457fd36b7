import { AppError } from '../../../errors.js'
import type { FontFacts } from '../../../plan/model/font-facts.js'
import type { ReadAtMost } from '../../read-at-most.js'
import { readCharacters } from './characters.js'
import { glyphSizes } from './glyph-sizes.js'
import { readSfnt, type Sfnt, tableOf } from './sfnt.js'
import { isWoff, unpackWoff } from './unpack-woff.js'
import { isWoff2, unpackWoff2 } from './unpack-woff2.js'

/** The largest fonts, collections of Chinese with all weights, have about this size. */
const MAX_FONT_BYTES = 128 * 1024 * 1024

const MAGIC = 0x5f0f3cf5

/**
 * Facts of a font that are needed before it is drawn with.
 * @throws AppError `unsupported-media` when no text can be set in it
 */
export async function readFont(read: ReadAtMost): Promise<FontFacts> {
  return describeFont(await loadFont(read))
}

/**
 * The bytes of a font file; of WOFF and WOFF2, those of the font in it.
 * @throws AppError `unsupported-media` when it is too large or cannot be unpacked
 */
export async function loadFont(read: ReadAtMost): Promise<Buffer> {
  const bytes = await read(MAX_FONT_BYTES)
  if (!bytes) throw new AppError('unsupported-media', `The font is larger than ${MAX_FONT_BYTES} bytes.`)
  try {
    if (isWoff(bytes)) return await unpackWoff(bytes, MAX_FONT_BYTES)
    return isWoff2(bytes) ? await unpackWoff2(bytes, MAX_FONT_BYTES) : bytes
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    const message = `The WOFF font is damaged, or it is larger than ${MAX_FONT_BYTES} bytes when it is unpacked.`
    throw new AppError('unsupported-media', message, { cause: error })
  }
}

/** @throws AppError `unsupported-media` */
export function describeFont(file: Buffer): FontFacts {
  try {
    const sfnt = readSfnt(file)
    requireOutlines(sfnt)
    const facts = {
      ...styleOf(sfnt),
      ...lineOf(sfnt),
      characters: charactersOf(sfnt),
      ...glyphSizes(sfnt),
    }
    if (facts.characters.length === 0) throw new RangeError('no characters')
    return facts
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new AppError(
      'unsupported-media',
      'The font is damaged, or it has no outlines for Unicode characters.',
      {
        cause: error,
      },
    )
  }
}

/** libass cannot draw fonts that consist of pictures of letters. */
function requireOutlines(sfnt: Sfnt): void {
  for (const tag of ['head', 'hhea', 'hmtx', 'maxp', 'cmap', 'name']) tableOf(sfnt, tag)
  if (sfnt.tables.has('CFF ') || sfnt.tables.has('CFF2')) return
  tableOf(sfnt, 'loca')
  if (tableOf(sfnt, 'glyf').length === 0) throw new RangeError('no outlines')
}

/** Weight and slant as libass and FreeType see them (libass, `ass_face_get_weight`), so that libass fakes neither. */
function styleOf(sfnt: Sfnt): Pick<FontFacts, 'weight' | 'isItalic'> {
  const os2 = sfnt.tables.get('OS/2')?.bytes
  const macStyle = tableOf(sfnt, 'head').readUInt16BE(44)
  const selection = os2?.readUInt16BE(62)
  const isBold = selection === undefined ? (macStyle & 1) !== 0 : (selection & 0x20) !== 0
  const isItalic = selection === undefined ? (macStyle & 2) !== 0 : (selection & 0x201) !== 0
  const weight = os2?.readUInt16BE(4) ?? 0
  const isKnown = weight >= 100 && weight <= 900
  return { weight: isKnown ? weight : isBold && weight === 0 ? 700 : 400, isItalic }
}

/**
 * Ascent plus descent, which libass scales to the font size (libass, `set_font_metrics`), in em. It takes those of
 * Windows, else what FreeType takes: the typographic ones when the font says so, those of `hhea`, the typographic ones.
 */
function lineOf(sfnt: Sfnt): Pick<FontFacts, 'lineHeight' | 'ascent'> {
  const head = tableOf(sfnt, 'head')
  const unitsPerEm = head.readUInt16BE(18)
  if (head.readUInt32BE(12) !== MAGIC || unitsPerEm < 16) throw new RangeError('no size')
  const hhea = tableOf(sfnt, 'hhea')
  const os2 = sfnt.tables.get('OS/2')?.bytes
  const windows = os2 ? [os2.readInt16BE(74), os2.readInt16BE(76)] : NONE
  const typographic = os2 ? [os2.readInt16BE(68), -os2.readInt16BE(70)] : NONE
  const usesTypographic = ((os2?.readUInt16BE(62) ?? 0) & 0x80) !== 0
  const horizontal = [hhea.readInt16BE(4), -hhea.readInt16BE(6)]
  const box = [head.readInt16BE(42), -head.readInt16BE(38)]
  const candidates = [windows, usesTypographic ? typographic : NONE, horizontal, typographic, box]
  const [ascent = 0, descent = 0] = candidates.find(([above = 0, below = 0]) => above + below !== 0) ?? NONE
  const lineHeight = (ascent + descent) / unitsPerEm
  if (lineHeight < 0.1 || lineHeight > 20) throw new RangeError(`lines of ${lineHeight} em`)
  return { lineHeight, ascent: ascent / unitsPerEm }
}

const NONE = [0, 0]

function charactersOf(sfnt: Sfnt): FontFacts['characters'] {
  return readCharacters(tableOf(sfnt, 'cmap'), tableOf(sfnt, 'maxp').readUInt16BE(4))
}
