import type { TextAlign } from '../../edit/fields/text.js'
import type { TextOverlay } from '../../edit/operations/overlay.js'
import type { CompileContext } from '../context.js'
import type { Size } from '../model/size.js'
import { type SetFont, type SetText, sideOf } from '../text/ass-script.js'
import { plainText, prepareText } from '../text/ass-text.js'
import { countLayers } from '../text/colour-emoji.js'
import { fitText } from '../text/fit-text.js'
import { fontRuns } from '../text/font-runs.js'
import type { Font } from '../text/fonts.js'
import { isDrawn } from '../text/missing-glyphs.js'
import { plainEmojiWarning } from '../text/plain-emoji-warning.js'
import { setRuns, type Setting } from '../text/set-runs.js'
import { runsFromRight } from '../text/text-direction.js'
import { inkTop, widthOf } from '../text/text-width.js'
import { pixelsOf } from './placement.js'
import { isBeyond, isOutside, roomAcross, roomAlong } from './text-room.js'

export interface FullFont extends SetFont {
  readonly face: Font
}

interface Wanted {
  readonly op: TextOverlay
  readonly font: FullFont
  readonly picture: Size
}

/** Fits the text into the room that it has, and tells when it does not fit. null: nothing of it is visible. */
export function setOverlayText(context: CompileContext, { op, font, picture }: Wanted): SetText | null {
  const { face } = font
  if (op.max_lines !== null && op.max_lines !== undefined && (op.fit ?? 'wrap') === 'wrap') {
    context.findings.reject(`${context.pointer}/max_lines`, 'needs a "fit" of "shrink" or "ellipsis"')
  }
  const isBold = isBoldFont(font)
  const column = columnOf(op, font, picture)
  const across = roomAcross(op, picture)
  const { text, sizePx, lines } = fitText({
    ...{ text: plainText(op.content), font: face, isBold, widthPx: column, fit: op.fit ?? 'wrap' },
    sizePx: op.font_size,
    maxLines: (size) => op.max_lines ?? Math.max(1, Math.floor(across / (size * face.lineHeight))),
  })
  const isWrapped = column !== null
  const prepared = prepareText(text, isWrapped)
  const isColoured = hasColours(context, op, text)
  const top = inkTop(text, face, isColoured)
  const ascent = Math.max(...fontRuns(lines[0] ?? '', face).map((run) => run.font.ascent))
  const aboveInk = top === null ? 0 : ascent - top
  const width = Math.max(...lines.map((line) => widthOf(line.trimEnd(), face, isBold)))
  const height = lines.length * face.lineHeight - (face.lineHeight - (top ?? 0))
  const block = { width: width * sizePx, height: height * sizePx }
  const hasNothing = op.box_color === null && !Array.from(text).some(isDrawn)
  if (hasNothing || isOutside(op, picture, { block, reach: reachOf(op, sizePx) })) return null
  warnOfRoom(context, op, { picture, block })
  return {
    ...eventsOf(op, prepared, { font: face, sizePx }, isColoured),
    font,
    sizePx,
    maxWidthPx: column === null ? null : Math.round(column),
    align: alignOf(context, op),
    anchor: op.anchor,
    aboveInkPx: aboveInk * sizePx,
  }
}

/** Emoji are drawn on two pictures: one has their colours, and the other one their shapes. */
function eventsOf(
  op: TextOverlay,
  prepared: string,
  setting: Setting,
  isColoured: boolean,
): Pick<SetText, 'event' | 'colouredEvent'> {
  if (!isColoured) return { event: setRuns(prepared, setting) }
  const colours = { kind: 'colours', restore: String.raw`\1c\1a`, spreads: op.outline_width === 0 } as const
  return {
    event: setRuns(prepared, { ...setting, emoji: { kind: 'shape' } }),
    colouredEvent: setRuns(prepared, { ...setting, emoji: colours }),
  }
}

/** The layers of some 500 emoji. */
const MAX_LAYERS = 5000

/** Whether the text has emoji in colours; not when they are too many, which is told. */
function hasColours({ findings, pointer }: CompileContext, op: TextOverlay, text: string): boolean {
  if ((op.emoji ?? 'mono') === 'mono') return false
  const layers = countLayers(text)
  if (layers <= MAX_LAYERS) return layers > 0
  findings.warn(plainEmojiWarning(pointer))
  return false
}

const LEAST_BOLD = 600

function isBoldFont({ weight }: SetFont): boolean {
  return weight >= LEAST_BOLD
}

/** Accents and tails, the outline and the box. */
function reachOf(op: TextOverlay, sizePx: number): number {
  const padding = op.box_color === null ? 0 : (op.box_padding ?? sizePx)
  return sizePx + op.outline_width + padding
}

/** Lines that leave so much of their room free are surely not too long, whatever their letters join to. */
const SURELY_FITS = 0.8

/**
 * The width of the lines in pixels: the one that is asked for, or else the room up to the edge of the picture. null:
 * they are shorter, or there is no room at all.
 */
function columnOf(op: TextOverlay, font: FullFont, picture: Size): number | null {
  if (op.max_width !== null) return pixelsOf(op.max_width, picture.width)
  const room = roomAlong(op, picture)
  const lines = plainText(op.content).split('\n')
  const width = Math.max(...lines.map((line) => widthOf(line, font.face, isBoldFont(font)))) * op.font_size
  return room < op.font_size || width < room * SURELY_FITS ? null : Math.floor(room)
}

function warnOfRoom(
  { findings, pointer }: CompileContext,
  op: TextOverlay,
  { picture, block }: { readonly picture: Size; readonly block: Size },
): void {
  if (!isBeyond(op, picture, block)) return
  const [width, height] = [Math.round(block.width), Math.round(block.height)]
  const message =
    `The text of ${pointer} takes about ${width}×${height} pixels, and a part of it is outside the picture of ` +
    `${picture.width}×${picture.height}. Move it, make "font_size" smaller, or set "fit" to "shrink".`
  findings.warn({ code: 'text-beyond-picture', message })
}

/**
 * Lines are aligned to the side of the anchor or, in a column, to the side where the script begins. Without a
 * column they can have no other alignment: only libass knows how long the longest line is.
 */
function alignOf({ findings, pointer }: CompileContext, op: TextOverlay): TextAlign {
  const side = sideOf(op.anchor)
  if (op.max_width !== null)
    return op.align ?? (side === 'left' && runsFromRight(op.content) ? 'right' : side)
  if (op.align !== null && op.align !== side) {
    const message = `lines of an overlay at "${op.anchor}" are aligned to the ${op.align} only within a "max_width"`
    findings.reject(`${pointer}/align`, message)
  }
  return side
}
