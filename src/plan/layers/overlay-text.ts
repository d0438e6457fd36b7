import type { TextAlign } from '../../edit/fields/text.js'
import type { TextOverlay } from '../../edit/operations/overlay.js'
import type { CompileContext } from '../context.js'
import { type FrameWindow, isEmpty } from '../frames/frame-window.js'
import type { Timeline } from '../frames/timeline.js'
import type { CodeRange } from '../model/facts.js'
import { type Canvas, type SetFont, type SetText, sideOf } from '../text/ass-script.js'
import { escapeText } from '../text/ass-text.js'
import { ASSET_FAMILY, fontFor } from '../text/fonts.js'
import { missingCharacters, nameCharacters } from '../text/missing-glyphs.js'
import { runsFromRight } from '../text/text-direction.js'
import { type TextColors, textLayer } from '../text/text-layer.js'
import { findFontAsset } from './find-asset.js'
import { layOver } from './lay-over.js'
import { overlayFade } from './overlay-fade.js'
import { anchorPoint, pixelsOf } from './placement.js'

/** Sets the text once, on a transparent picture, and lays that over like an image. */
export function overlayText(
  context: CompileContext,
  op: TextOverlay,
  timeline: Timeline,
  window: FrameWindow,
): Timeline {
  const { graph } = context
  const font = chooseFont(context, op)
  if (!font || isEmpty(window)) return timeline
  warnOfMissing(context, op, font.characters)
  const text: SetText = {
    event: escapeText(op.content, op.max_width !== null),
    font: font.face,
    sizePx: op.font_size,
    maxWidthPx: op.max_width === null ? null : Math.round(pixelsOf(op.max_width, timeline.width)),
    align: alignOf(context, op),
    anchor: op.anchor,
  }
  const pad = textLayer(graph, {
    text,
    canvas: canvasOf(op, timeline),
    colors: colorsOf(op),
    fontsDir: font.dir,
  })
  return layOver(graph, timeline, {
    pad,
    kind: 'still',
    x: 0,
    y: 0,
    window,
    opacity: op.opacity,
    fade: overlayFade(context, op, window, timeline),
  })
}

function canvasOf(op: TextOverlay, { width, height }: Timeline): Canvas {
  const { x, y } = anchorPoint(op, { width, height })
  return { width, height, x: Math.round(x), y: Math.round(y), rotationDeg: op.rotation }
}

interface ChosenFont {
  readonly face: SetFont
  /** Folder of the font asset; null: a shipped font. */
  readonly dir: string | null
  readonly characters: readonly CodeRange[]
}

/** The font of the text; null, with the mistake noted, when there is no such font asset. */
function chooseFont(context: CompileContext, op: TextOverlay): ChosenFont | null {
  if (op.font === null) {
    return { face: { ...fontFor(op.language), ...styled(op, REGULAR) }, dir: null, characters: [] }
  }
  const asset = findFontAsset(context, 'font', op.font)
  if (!asset) return null
  const { characters, lineHeight, ...style } = asset.font
  const face = { family: ASSET_FAMILY, lineHeight, ...styled(op, style) }
  return { face, dir: context.graph.addFont(asset.key), characters }
}

type Style = Pick<SetFont, 'weight' | 'isItalic'>

const REGULAR: Style = { weight: 400, isItalic: false }
const BOLD = 700

/** A font keeps at least its own weight and slant: "bold" makes a black font no bolder. */
function styled({ bold, italic }: TextOverlay, own: Style): Style {
  return { weight: bold ? Math.max(BOLD, own.weight) : own.weight, isItalic: italic || own.isItalic }
}

function warnOfMissing(
  { findings, pointer }: CompileContext,
  { content }: TextOverlay,
  own: readonly CodeRange[],
): void {
  const missing = missingCharacters(content, own)
  if (missing.length === 0) return
  const message = `No font has these characters in ${pointer}: ${nameCharacters(missing)}.`
  findings.warn({ code: 'missing-glyphs', message })
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

function colorsOf(op: TextOverlay): TextColors {
  return {
    fill: op.font_color,
    outline: op.outline_width > 0 ? { widthPx: op.outline_width, color: op.outline_color } : null,
    box:
      op.box_color === null
        ? null
        : { paddingPx: op.box_padding ?? Math.round(op.font_size / 4), color: op.box_color },
  }
}
