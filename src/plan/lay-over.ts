import { SCALE_MATRIX } from './color-space.js'
import type { GraphBuilder } from './graph-builder.js'
import type { FrameWindow } from './open-source.js'
import type { Timeline } from './timeline.js'
import { enableArgs } from './window.js'

interface Layer {
  /** Pad of an RGBA picture. */
  readonly pad: string
  /** Pixels from the picture's left and top edge; may lie outside. */
  readonly x: number
  readonly y: number
  readonly window: FrameWindow
  /** Once the layer has no more frames: its last one stays, or it is gone. */
  readonly atEnd: 'repeat' | 'pass'
}

/** Lays an RGBA layer over the picture for a window of frames, to the pixel. */
export function layOver(graph: GraphBuilder, timeline: Timeline, layer: Layer): Timeline {
  const { pad, x, y } = alignToChroma(graph, layer)
  const matched = graph.chain(pad, [
    ['scale', { out_color_matrix: SCALE_MATRIX[timeline.colorSpace], out_range: 'tv' }],
    ['format', { pix_fmts: 'yuva420p' }],
  ])
  const videoPad = graph.add(
    'overlay',
    { x, y, eof_action: layer.atEnd, ...enableArgs(layer.window, timeline) },
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
