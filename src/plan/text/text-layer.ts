import { parseColor, type Rgba } from '../../edit/fields/color.js'
import type { FilterCall, GraphBuilder } from '../graph/graph-builder.js'
import { hexColor } from '../graph/hex-color.js'
import { type Look, type Place, type SetText, textScript } from './ass-script.js'

export interface TextColors {
  readonly fill: string
  readonly outline: { readonly widthPx: number; readonly color: string } | null
  readonly box: { readonly paddingPx: number; readonly color: string } | null
}

/** Where libass finds the text's own font; null: among the shipped ones. */
type FontsDir = string | null

/**
 * A picture of one frame, RGBA, as large as the place, that shows the text. Drawn into a video itself, `ass`
 * would mix every colour by BT.601, as it does before ffmpeg 6.1, and round times to centiseconds.
 */
export function textLayer(
  graph: GraphBuilder,
  text: SetText,
  place: Place,
  colors: TextColors,
  fontsDir: FontsDir,
): string {
  const drawing = { graph, text, fontsDir }
  const letters = drawLetters(drawing, place, colors)
  if (!colors.box) return letters
  return graph.add('overlay', { format: 'rgb' }, drawBox(drawing, place, colors.box), letters)
}

interface Drawing {
  readonly graph: GraphBuilder
  readonly text: SetText
  readonly fontsDir: FontsDir
}

/**
 * Colour and transparency each on a picture of its own: what is seen through a letter is neither its outline nor
 * the letter beside it. In the picture of the transparency the levels of grey are the alphas.
 */
function drawLetters(drawing: Drawing, place: Place, { fill, outline }: TextColors): string {
  const { graph } = drawing
  const [inside, around] = [parseColor(fill), outline && parseColor(outline.color)]
  const coloured = graph.chain(source(graph, place, around ?? inside), [
    ['format', { pix_fmts: 'rgb24' }],
    ...(around ? [draw(drawing, place, { part: 'letters', fill: inside, outline: null })] : []),
    ['format', { pix_fmts: 'rgba' }],
  ])
  const alphas: Look = {
    part: 'letters',
    fill: grey(inside.alpha),
    outline: outline && around && { widthPx: outline.widthPx, color: grey(around.alpha) },
  }
  const mask = graph.chain(source(graph, place, grey(0)), [
    ['format', { pix_fmts: 'rgb24' }],
    draw(drawing, place, alphas),
    ['extractplanes', { planes: 'r' }],
  ])
  return graph.add('alphamerge', {}, coloured, mask)
}

/**
 * libass draws a box around a block upright alone: where the text is turned, the box is drawn on a picture that is
 * turned with it, and large enough for all that comes to lie in the place.
 */
function drawBox(drawing: Drawing, place: Place, box: NonNullable<TextColors['box']>): string {
  const { graph } = drawing
  const { alpha, ...color } = parseColor(box.color)
  const canvas = place.rotationDeg === 0 ? place : turnBack(place)
  const size = { ow: place.width, oh: place.height }
  const angle = (place.rotationDeg * Math.PI) / 180
  const turned: FilterCall = ['rotate', { angle, ...size, fillcolor: `${hexColor(color)}@0` }]
  return graph.chain(source(graph, canvas, color), [
    ['format', { pix_fmts: 'rgba' }],
    draw(drawing, canvas, { part: 'box', color, paddingPx: box.paddingPx }),
    ...(place.rotationDeg === 0 ? [] : [turned]),
    ['colorchannelmixer', { aa: alpha / 255 }],
  ])
}

/** The upright picture, about the middle of the place, of which turning leaves the place filled. */
function turnBack({ width, height, x, y, rotationDeg }: Place): Place {
  const angle = (rotationDeg * Math.PI) / 180
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const even = (length: number) => 2 * Math.ceil(length / 2)
  const canvasWidth = even(width * Math.abs(cos) + height * Math.abs(sin))
  const canvasHeight = even(width * Math.abs(sin) + height * Math.abs(cos))
  const [fromX, fromY] = [x - width / 2, y - height / 2]
  return {
    width: canvasWidth,
    height: canvasHeight,
    x: canvasWidth / 2 + fromX * cos + fromY * sin,
    y: canvasHeight / 2 - fromX * sin + fromY * cos,
    rotationDeg: 0,
  }
}

/** One frame of one colour that nothing is seen of, until something is drawn on it. */
function source(graph: GraphBuilder, { width, height }: Place, color: Omit<Rgba, 'alpha'>): string {
  return graph.add('color', {
    color: `${hexColor(color)}@0`,
    size: `${width}x${height}`,
    rate: 1,
    duration: 1,
  })
}

function draw({ graph, text, fontsDir }: Drawing, place: Place, look: Look): FilterCall {
  const filename = graph.addSideFile('ass', textScript(text, place, look))
  const alpha = look.part === 'box' ? 1 : 0
  const own = fontsDir ? { fontsdir: fontsDir } : {}
  return ['ass', { filename, alpha, ...own }]
}

function grey(level: number): Omit<Rgba, 'alpha'> {
  return { red: level, green: level, blue: level }
}
