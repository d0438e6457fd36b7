import { parseColor, type Rgba } from '../../edit/fields/color.js'
import type { FilterCall, GraphBuilder } from '../graph/graph-builder.js'
import { hexColor } from '../graph/hex-color.js'
import { type Canvas, type Look, type SetText, textScript } from './ass-script.js'

/** Colours as users write them. */
export interface TextColors {
  readonly fill: string
  readonly outline: { readonly widthPx: number; readonly color: string } | null
  readonly box: { readonly paddingPx: number; readonly color: string } | null
}

/** A text that is drawn once. */
interface DrawnText {
  readonly text: SetText
  readonly canvas: Canvas
  readonly colors: TextColors
  /** Folder in the work folder where libass finds the text's own font; null: the font is a shipped one. */
  readonly fontsDir: string | null
}

/**
 * A pad with a picture of one frame, RGBA, as large as the canvas, that shows the text. Drawing into the video
 * itself, `ass` would round times to hundredths of a second and, before ffmpeg 6.1, mix every colour by BT.601.
 */
export function textLayer(graph: GraphBuilder, drawn: DrawnText): string {
  const letters = drawLetters(graph, drawn)
  const { box } = drawn.colors
  if (!box) return letters
  return graph.add('overlay', { format: 'rgb' }, drawBox(graph, drawn, box), letters)
}

/**
 * Draws colour and transparency on a picture each, so that neither a letter's outline nor the letter beside it
 * shows through a half-transparent letter. In the picture of the transparency the levels of grey are the
 * alphas.
 */
function drawLetters(graph: GraphBuilder, drawn: DrawnText): string {
  const { canvas } = drawn
  const { fill, outline } = drawn.colors
  const [inside, around] = [parseColor(fill), outline && parseColor(outline.color)]
  // Letters without an outline have the colour of their ground.
  const hasColours = around !== null || drawn.text.colouredEvent !== undefined
  const coloured = graph.chain(blank(graph, canvas, around ?? inside), [
    ['format', { pix_fmts: 'rgb24' }],
    ...(hasColours
      ? [draw(graph, drawn, { part: 'letters', fill: inside, outline: null, isColoured: true })]
      : []),
    ['format', { pix_fmts: 'rgba' }],
  ])
  const alphas: Look = {
    part: 'letters',
    fill: grey(inside.alpha),
    outline: outline && around && { widthPx: outline.widthPx, color: grey(around.alpha) },
  }
  const mask = graph.chain(blank(graph, canvas, grey(0)), [
    ['format', { pix_fmts: 'rgb24' }],
    draw(graph, drawn, alphas),
    ['extractplanes', { planes: 'r' }],
  ])
  return graph.add('alphamerge', {}, coloured, mask)
}

/**
 * libass draws a box only around an upright block. For a turned text the box is drawn on a picture that is then
 * turned, and that is large enough to fill the canvas after the turn.
 */
function drawBox(graph: GraphBuilder, drawn: DrawnText, box: NonNullable<TextColors['box']>): string {
  const { canvas } = drawn
  const { alpha, ...color } = parseColor(box.color)
  const upright = canvas.rotationDeg === 0 ? canvas : turnBack(canvas)
  const size = { ow: canvas.width, oh: canvas.height }
  const angle = (canvas.rotationDeg * Math.PI) / 180
  const turned: FilterCall = ['rotate', { angle, ...size, fillcolor: `${hexColor(color)}@0` }]
  return graph.chain(blank(graph, upright, color), [
    ['format', { pix_fmts: 'rgba' }],
    draw(graph, { ...drawn, canvas: upright }, { part: 'box', color, paddingPx: box.paddingPx }),
    ...(canvas.rotationDeg === 0 ? [] : [turned]),
    ['colorchannelmixer', { aa: alpha / 255 }],
  ])
}

/** The upright picture that fills the canvas once it is turned about the middle. */
function turnBack({ width, height, x, y, rotationDeg }: Canvas): Canvas {
  const angle = (rotationDeg * Math.PI) / 180
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const even = (length: number) => 2 * Math.ceil(length / 2)
  const uprightWidth = even(width * Math.abs(cos) + height * Math.abs(sin))
  const uprightHeight = even(width * Math.abs(sin) + height * Math.abs(cos))
  const [fromX, fromY] = [x - width / 2, y - height / 2]
  return {
    width: uprightWidth,
    height: uprightHeight,
    x: uprightWidth / 2 + fromX * cos + fromY * sin,
    y: uprightHeight / 2 - fromX * sin + fromY * cos,
    rotationDeg: 0,
  }
}

/** One invisible frame of one colour, to draw on. */
function blank(graph: GraphBuilder, { width, height }: Canvas, color: Omit<Rgba, 'alpha'>): string {
  return graph.add('color', {
    color: `${hexColor(color)}@0`,
    size: `${width}x${height}`,
    rate: 1,
    duration: 1,
  })
}

function draw(graph: GraphBuilder, { text, canvas, fontsDir }: DrawnText, look: Look): FilterCall {
  const filename = graph.addSideFile('ass', textScript(text, canvas, look))
  const alpha = look.part === 'box' ? 1 : 0
  const own = fontsDir ? { fontsdir: fontsDir } : {}
  return ['ass', { filename, alpha, ...own }]
}

function grey(level: number): Omit<Rgba, 'alpha'> {
  return { red: level, green: level, blue: level }
}
