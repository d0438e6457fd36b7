import { BLANKS, type ColourEmoji, colourEmoji, LAYER_FONT } from './colour-emoji.js'
import { graphemesOf } from './graphemes.js'

/** How emoji that have colours are drawn: in these, or all of their shape in the colour of the text. */
export type EmojiPaint =
  | {
      readonly kind: 'colours'
      /** The override that brings back the colour of the text. */
      readonly restore: string
      /**
       * Whether the ground around an emoji gets its colour, too: where the picture's transparency is drawn apart, a part
       * of the ground shows at the edge.
       */
      readonly spreads: boolean
    }
  | { readonly kind: 'shape' }

/** A part of a text that is set in one font, as the text of an ASS event. */
export interface SetPart {
  readonly event: string
  readonly font: { readonly family: string; readonly lineHeight: number }
}

/**
 * The parts of a text in the font of emoji: those that have colours in the font of their layers.
 * @param setOthers sets what has none
 */
export function setEmoji(
  text: string,
  paint: EmojiPaint,
  setOthers: (text: string) => SetPart,
): readonly SetPart[] {
  const parts: SetPart[] = []
  let others = ''
  const endOthers = () => {
    if (others !== '') parts.push(setOthers(others))
    others = ''
  }
  for (const grapheme of graphemesOf(text)) {
    const emoji = colourEmoji(grapheme)
    if (!emoji) others += grapheme
    else {
      endOthers()
      parts.push({ event: draw(emoji, paint), font: LAYER_FONT })
    }
  }
  endOthers()
  return parts
}

/**
 * An emoji is kept apart from the direction of its text, as one sign without a direction of its own: within it, the
 * layers stand behind the first blank and before the second one.
 */
const ISOLATE = '\u2066'
const POP_ISOLATE = '\u2069'

function draw(emoji: ColourEmoji, paint: EmojiPaint): string {
  const [before, behind] = BLANKS
  return ISOLATE + before + drawLayers(emoji, paint) + behind + POP_ISOLATE
}

/** Pixels: more than the soft edge of a shape, and what the scaling of colours looks at, have. */
const SPREAD = 6

function drawLayers({ layers }: ColourEmoji, paint: EmojiPaint): string {
  if (paint.kind === 'shape') return layers.map(({ character }) => character).join('')
  let drawn = paint.spreads ? String.raw`{\bord${SPREAD}}` : ''
  let [inside, alpha] = ['', '']
  for (const { character, color } of layers) {
    const [, red = '', green = '', blue = '', opacity = ''] = /(..)(..)(..)(..)/.exec(color) ?? []
    const now = `&H${blue}${green}${red}&`.toUpperCase()
    if (now !== inside) drawn += paint.spreads ? String.raw`{\1c${now}\3c${now}}` : String.raw`{\1c${now}}`
    if (opacity !== alpha) drawn += String.raw`{\1a&H${(255 - Number.parseInt(opacity, 16)).toString(16)}&}`
    ;[inside, alpha] = [now, opacity]
    drawn += character
  }
  return `${drawn}{${paint.restore}${paint.spreads ? String.raw`\3c\bord` : ''}}`
}
