import { common, type FrameWindow, overlaps } from '../frames/frame-window.js'
import { LOOP_FRAMES } from '../frames/most-looped.js'
import type { Timeline } from '../frames/timeline.js'
import { enableArgs } from '../frames/visible-frames.js'
import type { FilterCall, GraphBuilder } from '../graph/graph-builder.js'
import { SCALE_MATRIX } from '../inputs/color-space.js'
import { fadeOf, type FadeWindow } from './fade-filter.js'

export interface Layer {
  /** Pad of RGBA pictures. */
  readonly pad: string
  /**
   * `still`: one picture for the whole window; `moving`: one picture per frame, from the window's first frame
   * on; `loop`: the same, which begins again when it is over.
   */
  readonly kind: 'still' | 'moving' | 'loop'
  /** Pixels from the picture's left and top edge; may lie outside. */
  readonly x: number
  readonly y: number
  readonly window: FrameWindow
  /** 0 to 1, multiplied with that of the layer's own pixels. */
  readonly opacity: number
  readonly fade: FadeFrames
}

/** Frames at the start and the end of a window; together no more than it has. */
export interface FadeFrames {
  readonly in: number
  readonly out: number
  /** The last frame of the fade-in is opaque, see FadeWindow. */
  readonly isInComplete?: true
}

export const NO_FADE: FadeFrames = { in: 0, out: 0 }

/** Lays an RGBA layer over the picture for a window of frames, to the pixel and to the frame. */
export function layOver(graph: GraphBuilder, timeline: Timeline, layer: Layer): Timeline {
  if (layer.opacity === 0 || !overlaps(layer.window, timeline.delivered)) return timeline
  const { pad, x, y } = alignToChroma(graph, layer)
  const fades = fadeFilters(layer, timeline)
  const isStill = layer.kind === 'still' && fades.length === 0
  const matched = graph.chain(pad, [
    ...(layer.opacity < 1 ? [['colorchannelmixer', { aa: layer.opacity }] as const] : []),
    ['scale', { out_color_matrix: SCALE_MATRIX[timeline.colorSpace], out_range: 'tv' }],
    ['format', { pix_fmts: 'yuva420p' }],
    ...(isStill ? [] : [...onFrames(layer, timeline), ...fades]),
  ])
  const videoPad = graph.add(
    'overlay',
    { x, y, eof_action: isStill ? 'repeat' : 'pass', ...enableArgs(layer.window, timeline) },
    timeline.videoPad,
    matched,
  )
  return { ...timeline, videoPad }
}

/**
 * `overlay` rounds odd positions down on 4:2:0 pictures. A transparent column or row in front of the layer
 * makes its position even without moving it.
 */
function alignToChroma(graph: GraphBuilder, { pad, x, y }: Layer): Pick<Layer, 'pad' | 'x' | 'y'> {
  const [left, top] = [x & 1, y & 1]
  if (left === 0 && top === 0) return { pad, x, y }
  const args = { w: `iw+${left}`, h: `ih+${top}`, x: left, y: top, color: 'black@0' }
  return { pad: graph.add('pad', args, pad), x: x - left, y: y - top }
}

/**
 * Filters that put the layer's pictures on the frames of its window, a still on those that are delivered. A
 * repeated picture is shown again, not copied.
 */
function onFrames({ kind, window }: Layer, { frameRate, delivered }: Timeline): FilterCall[] {
  const { start, end } = kind === 'still' ? common(window, delivered) : window
  const again: FilterCall[] = [
    ['loop', { loop: -1, size: kind === 'still' ? 1 : LOOP_FRAMES }],
    ['trim', { end_frame: end - start }],
  ]
  return [
    ...(kind === 'moving' ? [] : again),
    ['settb', { expr: `${frameRate.den}/${frameRate.num}` }],
    ['setpts', { expr: `N+${start}` }],
  ]
}

function fadeFilters({ fade, window: { start, end } }: Layer, timeline: Timeline): FilterCall[] {
  const fades: FadeWindow[] = []
  const complete = fade.isInComplete ? { isComplete: fade.isInComplete } : {}
  if (fade.in > 0) fades.push({ type: 'in', window: { start, end: start + fade.in }, ...complete })
  if (fade.out > 0) fades.push({ type: 'out', window: { start: end - fade.out, end } })
  return fades.flatMap((one) => fadeOf(one, timeline, { alpha: 1 }))
}
