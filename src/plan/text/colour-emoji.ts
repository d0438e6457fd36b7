import { graphemesOf } from './graphemes.js'
import { SHIPPED_EMOJI } from './shipped-emoji.js'

/** An emoji as the font of layers draws it: one character over the other, from the lowest to the uppermost. */
export interface ColourEmoji {
  readonly layers: readonly EmojiLayer[]
  /** The upper edge of its ink above the line, in hundredths of the em square. */
  readonly top: number
}

export interface EmojiLayer {
  readonly character: string
  /** `rrggbbaa`. */
  readonly color: string
}

/**
 * The font of the layers of coloured emoji, which scripts/fonts/emoji-font.mjs makes: libass draws no coloured fonts. Its
 * lines are as high, and an emoji with its blanks as wide, as those of Noto Emoji.
 */
export const LAYER_FONT = { family: 'Cutroom Emoji', lineHeight: 1.171875 } as const

/** No layer has a width: these blanks stand before and behind the layers of an emoji. */
export const BLANKS = ['\u{ffff0}', '\u{ffff1}'] as const

/** The character of glyph 0. */
const FIRST_POINT = 0xf0000

/** What keeps the text style for itself, and what asks for the style of emoji. */
const TEXT_STYLE = '\ufe0e'
const EMOJI_STYLE = '\ufe0f'

const MAYBE = /[\p{Extended_Pictographic}\p{Regional_Indicator}\p{Emoji_Modifier}\u20e3]/u

/** The layers of a grapheme; null: it has none, or it asks for the style of text. */
export function colourEmoji(grapheme: string): ColourEmoji | null {
  if (!MAYBE.test(grapheme) || grapheme.includes(TEXT_STYLE)) return null
  const key = grapheme.replaceAll(EMOJI_STYLE, '')
  const known = unpacked.get(key)
  if (known) return known
  const packed = shipped().emoji.get(key)
  if (packed === undefined) return null
  const emoji = unpack(packed)
  unpacked.set(key, emoji)
  return emoji
}

/** How many layers the emoji of a text have. */
export function countLayers(text: string): number {
  if (!MAYBE.test(text)) return 0
  let count = 0
  for (const grapheme of graphemesOf(text)) count += colourEmoji(grapheme)?.layers.length ?? 0
  return count
}

interface Shipped {
  readonly palette: string
  readonly emoji: ReadonlyMap<string, string>
}

let read: Shipped | null = null

/** The emoji that scripts/fonts/pack-emoji.mjs has written down; the text is taken apart when it is first asked for. */
function shipped(): Shipped {
  if (read) return read
  const [palette = '', emoji = ''] = SHIPPED_EMOJI.trim().split('\n')
  const pairs = emoji.split(' ').map((one) => {
    const [points = '', packed = ''] = one.split('|')
    return [points.split('.').map(characterOf).join(''), packed] as const
  })
  read = { palette, emoji: new Map(pairs) }
  return read
}

function characterOf(digits: string): string {
  return String.fromCodePoint(Number.parseInt(digits, 36))
}

const unpacked = new Map<string, ColourEmoji>()

const TOP_OFFSET = 100
const TOP_DIGITS = 2
const COLOR_DIGITS = 2
const HEX_DIGITS = 8

/** A run of layers: its first glyph, how many there are, and their colours. */
const RUN_HEAD = /^(.{3})(.)/

function unpack(packed: string): ColourEmoji {
  const layers: EmojiLayer[] = []
  let rest = packed.slice(TOP_DIGITS)
  for (let head = RUN_HEAD.exec(rest); head; head = RUN_HEAD.exec(rest)) {
    const [whole, glyph, count] = [head[0], numberOf(head[1]), numberOf(head[2])]
    const end = whole.length + COLOR_DIGITS * count
    const colors = rest.slice(whole.length, end).match(/../g) ?? []
    colors.forEach((color, index) => {
      layers.push({ character: String.fromCodePoint(FIRST_POINT + glyph + index), color: colorOf(color) })
    })
    rest = rest.slice(end)
  }
  return { layers, top: numberOf(packed.slice(0, TOP_DIGITS)) - TOP_OFFSET }
}

function numberOf(digits = '0'): number {
  return Number.parseInt(digits, 36)
}

function colorOf(digits: string): string {
  const start = HEX_DIGITS * numberOf(digits)
  return shipped().palette.slice(start, start + HEX_DIGITS)
}
