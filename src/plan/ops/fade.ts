import { parseColor } from '../../edit/fields/color.js'
import type { FadeOperation } from '../../edit/operations/fade.js'
import type { CompileContext } from '../context.js'
import { lengthOf } from '../frames/frame-window.js'
import { framesToSec, nearestFrame } from '../frames/rational.js'
import { durationSec, type Timeline } from '../frames/timeline.js'
import type { FilterCall, GraphBuilder } from '../graph/graph-builder.js'
import { hexColor } from '../graph/hex-color.js'
import { fadeOf, type FadeWindow } from '../layers/fade-filter.js'
import { layOver } from '../layers/lay-over.js'

/** Fades picture, sound or both, on whole frames: the first frame of a film that fades in, and the last, is the colour. */
export function applyFade(context: CompileContext, op: FadeOperation, timeline: Timeline): Timeline {
  const { frameRate, frameCount } = timeline
  const [fadeIn, fadeOut] = [op.in, op.out].map((sec) => nearestFrame(sec, frameRate))
  if (fadeIn === undefined || fadeOut === undefined) return timeline
  if (fadeIn + fadeOut > frameCount) {
    const seconds = durationSec(timeline).toFixed(3)
    context.findings.reject(
      context.pointer,
      `"in" and "out" together are longer than the material of ${seconds} s`,
    )
    return timeline
  }
  const fades: FadeWindow[] = []
  if (fadeIn > 0) fades.push({ type: 'in', window: { start: 0, end: fadeIn } })
  const last = { start: frameCount - fadeOut, end: frameCount }
  if (fadeOut > 0) fades.push({ type: 'out', window: last, isComplete: true })
  const picture = op.target === 'audio' ? timeline : fadePicture(context.graph, op.color, fades, timeline)
  const sounds = fades.map(({ type, window }): FilterCall => {
    const duration = framesToSec(lengthOf(window), frameRate)
    return ['afade', { type, start_time: framesToSec(window.start, frameRate), duration }]
  })
  if (op.target === 'video' || !timeline.audioPad) return picture
  return { ...picture, audioPad: context.graph.chain(timeline.audioPad, sounds) }
}

/**
 * The filter `fade` knows black in every format, but other colours only in RGB: for those, a layer of the
 * colour is faded out, or in.
 */
function fadePicture(
  graph: GraphBuilder,
  colorText: string,
  fades: readonly FadeWindow[],
  timeline: Timeline,
): Timeline {
  const color = hexColor(parseColor(colorText))
  if (color === '0x000000') {
    const filters = fades.flatMap((fade) => fadeOf(fade, timeline))
    return { ...timeline, videoPad: graph.chain(timeline.videoPad, filters) }
  }
  const size = `${timeline.width}x${timeline.height}`
  return fades.reduce((faded, { type, window }) => {
    const blank = graph.add('color', { color, size, rate: 1, duration: 1 })
    const frames = lengthOf(window)
    return layOver(graph, faded, {
      pad: graph.add('format', { pix_fmts: 'rgba' }, blank),
      kind: 'still',
      x: 0,
      y: 0,
      window,
      opacity: 1,
      // Fading the picture in is fading the colour out.
      fade: type === 'in' ? { in: 0, out: frames } : { in: frames, out: 0, isInComplete: true },
    })
  }, timeline)
}
