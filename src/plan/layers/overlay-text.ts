import type { TextOverlay } from '../../edit/operations/overlay.js'
import type { CompileContext } from '../context.js'
import { type FrameWindow, isEmpty } from '../frames/frame-window.js'
import type { Timeline } from '../frames/timeline.js'
import type { Canvas, SetFont } from '../text/ass-script.js'
import { assetFont } from '../text/asset-font.js'
import { type Font, fontFor } from '../text/fonts.js'
import { missingCharacters, nameCharacters } from '../text/missing-glyphs.js'
import { type TextColors, textLayer } from '../text/text-layer.js'
import { findFontAsset } from './find-asset.js'
import { layOver } from './lay-over.js'
import { overlayFade } from './overlay-fade.js'
import { anchorPoint } from './placement.js'
import { type FullFont, setOverlayText } from './set-overlay-text.js'

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
  warnOfMissing(context, op, font.face)
  const text = setOverlayText(context, { op, font, picture: timeline })
  if (!text) return timeline
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

interface ChosenFont extends FullFont {
  /** Folder of the font asset; null: a shipped font. */
  readonly dir: string | null
}

/** The font of the text; null, with the mistake noted, when there is no such font asset. */
function chooseFont(context: CompileContext, op: TextOverlay): ChosenFont | null {
  if (op.font === null) return { face: fontFor(op.language), ...styled(op, REGULAR), dir: null }
  const asset = findFontAsset(context, 'font', op.font)
  if (!asset) return null
  const face = assetFont(asset.font)
  return { face, ...styled(op, asset.font), dir: context.graph.addFont(asset.key) }
}

type Style = Pick<SetFont, 'weight' | 'isItalic'>

const REGULAR: Style = { weight: 400, isItalic: false }
const BOLD = 700

/** A font keeps at least its own weight and slant: "bold" makes a black font no bolder. */
function styled({ bold, italic }: TextOverlay, own: Style): Style {
  return { weight: bold ? Math.max(BOLD, own.weight) : own.weight, isItalic: italic || own.isItalic }
}

function warnOfMissing({ findings, pointer }: CompileContext, { content }: TextOverlay, face: Font): void {
  const missing = missingCharacters(content, face.glyphs)
  if (missing.length === 0) return
  const message = `No font has these characters in ${pointer}: ${nameCharacters(missing)}.`
  findings.warn({ code: 'missing-glyphs', message })
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
