import type { VignetteOperation } from '../../edit/operations/vignette.js'
import type { CompileContext } from '../context.js'
import type { Timeline } from '../frames/timeline.js'
import type { GraphBuilder } from '../graph/graph-builder.js'
import { layOver, NO_FADE } from '../layers/lay-over.js'

/**
 * Lays a black picture over the material that is opaque towards the corners. The filter `vignette` shapes it,
 * and is not given the material itself: of limited range it would make black blacker than black, and gray green.
 */
export function applyVignette(
  { graph }: CompileContext,
  { strength }: VignetteOperation,
  timeline: Timeline,
): Timeline {
  if (strength === 0) return timeline
  const window = { start: 0, end: timeline.frameCount }
  const pad = shade(graph, strength, timeline)
  return layOver(graph, timeline, { pad, kind: 'still', x: 0, y: 0, window, opacity: 1, fade: NO_FADE })
}

/**
 * One black picture of the material's size: where a white one would be darkened, it is opaque by as much. Being
 * one picture for all frames, it is the same in every chunk.
 */
function shade(graph: GraphBuilder, strength: number, { width, height }: Timeline): string {
  const size = `${width}x${height}`
  const white = graph.add('color', { color: '0xffffff', size, rate: 1, duration: 1 })
  return graph.chain(white, [
    ['format', { pix_fmts: 'rgb24' }],
    // Dither would be noise that stands still while the film moves.
    ['vignette', { angle: cornerAngle(strength), dither: 0 }],
    ['format', { pix_fmts: 'rgba' }],
    // Opacity is 1 − red.
    ['colorchannelmixer', { rr: 0, gg: 0, bb: 0, ar: -1, aa: 1 }],
  ])
}

/** The filter leaves the corners cos⁴ of its angle. */
function cornerAngle(strength: number): number {
  return Math.acos((1 - strength) ** 0.25)
}
