import { parseColor } from '../../edit/fields/color.js'
import type { FadeOperation } from '../../edit/operations/fade.js'
import type { CompileContext } from '../context.js'
import { framesToSec, nearestFrame } from '../frames/rational.js'
import { durationSec, type Timeline } from '../frames/timeline.js'
import type { FilterCall, GraphBuilder } from '../graph/graph-builder.js'
import { hexColor } from '../graph/hex-color.js'
import { fadeOf } from '../layers/fade-filter.js'
import { layOver } from '../layers/lay-over.js'

/** Frames from which and to which is faded; `start` to `end` lie within the material. */
interface FadeFrames {
  readonly type: 'in' | 'out'
  readonly start: number
  readonly end: number
}

/** Fades picture, sound or both, on whole frames. */
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
  const fades: FadeFrames[] = []
  if (fadeIn > 0) fades.push({ type: 'in', start: 0, end: fadeIn })
  if (fadeOut > 0) fades.push({ type: 'out', start: frameCount - fadeOut, end: frameCount })
  const picture = op.target === 'audio' ? timeline : fadePicture(context.graph, op.color, fades, timeline)
  const sounds = fades.map(({ type, start, end }): FilterCall => {
    const duration = framesToSec(end - start, frameRate)
    return ['afade', { type, start_time: framesToSec(start, frameRate), duration }]
  })
  if (op.target === 'video' || !timeline.audioPad) return picture
  return { ...picture, audioPad: context.graph.chain(timeline.audioPad, sounds) }
}

/**
 * `fade` itself knows black in every format, but other colours in RGB alone: for those a layer of the colour
 * fades away, or comes.
 */
function fadePicture(
  graph: GraphBuilder,
  colorText: string,
  fades: readonly FadeFrames[],
  timeline: Timeline,
): Timeline {
  const color = hexColor(parseColor(colorText))
  if (color === '0x000000') {
    const filters = fades.flatMap(({ type, start, end }) =>
      fadeOf({ type, window: { start, end } }, timeline),
    )
    return { ...timeline, videoPad: graph.chain(timeline.videoPad, filters) }
  }
  const size = `${timeline.width}x${timeline.height}`
  return fades.reduce((faded, { type, start, end }) => {
    const blank = graph.add('color', { color, size, rate: 1, duration: 1 })
    return layOver(graph, faded, {
      pad: graph.add('format', { pix_fmts: 'rgba' }, blank),
      ...{ kind: 'still', x: 0, y: 0, window: { start, end }, opacity: 1 },
      // What fades the picture in fades the colour out.
      fade: type === 'in' ? { in: 0, out: end - start } : { in: end - start, out: 0 },
    })
  }, timeline)
}
