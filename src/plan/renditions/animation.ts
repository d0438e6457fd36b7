import type { AnimationContainer } from '../../edit/output/formats.js'
import type { Rendition } from '../../edit/output/resolve-output.js'
import { assertNever } from '../../errors.js'
import type { CompileContext } from '../context.js'
import { atFrameRate } from '../frames/at-frame-rate.js'
import { toNumber } from '../frames/rational.js'
import { durationSec, type Timeline } from '../frames/timeline.js'
import type { GraphBuilder } from '../graph/graph-builder.js'
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
