import type { AnimationContainer } from '../../edit/output/formats.js'
import type { Rendition } from '../../edit/output/resolve-output.js'
import { assertNever } from '../../errors.js'
import type { CompileContext } from '../context.js'
import { atFrameRate } from '../frames/at-frame-rate.js'
import { toNumber } from '../frames/rational.js'
import { durationSec, type Timeline } from '../frames/timeline.js'
import { formatNumber } from '../graph/format-number.js'
import type { GraphBuilder } from '../graph/graph-builder.js'
import type { Rational } from '../model/facts.js'
import type { Coded } from '../model/plan.js'
import { sizePicture } from './film.js'
import { animationRate } from './frame-rates.js'

/** An animation that repeats for ever. */
export function animate(
  context: CompileContext,
  rendition: Rendition,
  format: AnimationContainer,
  material: Timeline,
): Coded {
  const rate = animationRate(format, rendition.frame_rate, material.frameRate)
  warnOfRounding(context, rendition, format, rate)
  const isPaced = toNumber(rate) === toNumber(material.frameRate)
  const paced = isPaced ? material : atFrameRate(context.graph, material, rate)
  const shown = sizePicture(context, rendition, paced)
  const { width, height, frameRate, frameCount } = shown
  const pad = coloursOf(context.graph, format, shown.videoPad)
  return {
    video: { pad, coding: { codec: format } },
    audio: null,
    container: format,
    expected: {
      picture: { width, height, frameRate, frameCount },
      durationSec: durationSec(shown),
      hasAudio: false,
    },
  }
}

/** A rate that the format cannot count is told. Within half a per cent it is meant: 29.97 and 30. */
function warnOfRounding(
  { findings }: CompileContext,
  { name, frame_rate: asked }: Rendition,
  format: AnimationContainer,
  rate: Rational,
): void {
  const made = toNumber(rate)
  if (asked === null || Math.abs(made / asked - 1) < 0.005) return
  const message =
    `${name} has ${formatNumber(Number(made.toFixed(2)))} frames per second and not ${formatNumber(asked)}: ` +
    `frames of ${format} last whole hundredths of a second, two at least.`
  findings.warn({ code: 'frame-rate-rounded', message })
}

/** The picture in colours that the format can show. */
function coloursOf(graph: GraphBuilder, format: AnimationContainer, videoPad: string): string {
  switch (format) {
    case 'gif':
      return inPalette(graph, videoPad)
    case 'webp':
      return videoPad
    default:
      return assertNever(format)
  }
}

/** A picture of 256 colours that are chosen from all frames: what changes counts for more than what stays. */
function inPalette(graph: GraphBuilder, videoPad: string): string {
  const [seen, shown] = graph.split(videoPad)
  const palette = graph.add('palettegen', { stats_mode: 'diff' }, seen)
  return graph.add('paletteuse', { dither: 'sierra2_4a', diff_mode: 'rectangle' }, shown, palette)
}
