import type { Easing } from '../../edit/operations/zoom.js'
import { assertNever } from '../../errors.js'
import type { FrameWindow } from '../frames/frame-window.js'
import type { Timeline } from '../frames/timeline.js'
import type { GraphBuilder } from '../graph/graph-builder.js'
import type { FilterArg } from '../model/plan.js'
import type { Size } from '../model/size.js'

/** A part of the picture, in pixels with fractions. */
export interface Part {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Movement {
  readonly from: Part
  readonly to: Part
  readonly easing: Easing
  /** On its first frame `from` is shown, on its last one `to`. */
  readonly window: FrameWindow
}

/**
 * Shows a part of the picture that moves, at the picture's size. The places of the part are not rounded to pixels, so the
 * movement is smooth: `crop`, `scale` and `zoompan` would round them.
 *
 * The planes are moved one by one. The samples of colour lie between those of the brightness, which a filter that sees all
 * planes at once does not consider; and a part that is the whole picture leaves every sample as it is.
 */
export function moveRegion(graph: GraphBuilder, timeline: Timeline, movement: Movement): string {
  // A crossfade leaves pictures of full colour.
  const picture = graph.chain(timeline.videoPad, [['format', { pix_fmts: 'yuv420p' }]])
  const planes = graph.splitPicture(picture, PLANES.length)
  const moved = PLANES.map(({ plane, grid }, index) =>
    graph.chain(planes[index] ?? picture, [
      ['extractplanes', { planes: plane }],
      ['perspective', cornersOf(grid, timeline, movement)],
    ]),
  )
  const merged = graph.add('mergeplanes', { map0s: 0, map1s: 1, map2s: 2, format: 'yuv420p' }, ...moved)
  // A plane alone counts as a gray picture of the full range.
  return graph.chain(merged, [['setparams', { range: 'tv' }]])
}

/** Where the samples of a plane lie in the picture: each stands for `step` pixels, and the first lies at `x` and `y`. */
interface Grid {
  readonly step: number
  readonly x: number
  readonly y: number
}

const BRIGHTNESS: Grid = { step: 1, x: 0.5, y: 0.5 }
/** 4:2:0 as MPEG-2 and all later codecs have it: above the middle of a column of two pixels, left of that of a row. */
const COLOUR: Grid = { step: 2, x: 0.5, y: 1 }

const PLANES = [
  { plane: 'y', grid: BRIGHTNESS },
  { plane: 'u', grid: COLOUR },
  { plane: 'v', grid: COLOUR },
] as const

/** The filter's corners are places among the samples of a plane: 0 is the first column, W the one behind the last. */
function cornersOf(grid: Grid, timeline: Timeline, movement: Movement): Readonly<Record<string, FilterArg>> {
  const [from, to] = [movement.from, movement.to].map((part) => rangesOf(part, grid, timeline))
  if (!from || !to) return {}
  const share = progress(timeline, movement)
  const place = (a: string, b: string) => (a === b ? a : `${a}+(${b}-(${a}))*(${share})`)
  const [left, right] = [place(from.left, to.left), place(from.right, to.right)]
  const [top, bottom] = [place(from.top, to.top), place(from.bottom, to.bottom)]
  return {
    ...{ x0: left, y0: top, x1: right, y1: top, x2: left, y2: bottom, x3: right, y3: bottom },
    interpolation: 'cubic',
    ...(JSON.stringify(from) === JSON.stringify(to) ? {} : { eval: 'frame' }),
  }
}

/** Where a part begins and ends among the samples of a plane. */
function rangesOf(part: Part, grid: Grid, picture: Size) {
  const [acrossScale, downScale] = [part.width / picture.width, part.height / picture.height]
  const left = number((part.x + grid.x * (acrossScale - 1)) / grid.step)
  const top = number((part.y + grid.y * (downScale - 1)) / grid.step)
  return { left, right: `${left}+W*${number(acrossScale)}`, top, bottom: `${top}+H*${number(downScale)}` }
}

function number(value: number): string {
  return value.toFixed(9)
}

/** From 0 to 1. The filter counts the frames that it makes from 1. */
function progress({ delivered }: Timeline, { window, easing }: Movement): string {
  const steps = Math.max(1, window.end - 1 - window.start)
  const passed = `clip((on+(${delivered.start - window.start - 1}))/${steps},0,1)`
  switch (easing) {
    case 'linear':
      return passed
    case 'ease-in-out':
      return `st(0,${passed})*ld(0)*(3-2*ld(0))`
    default:
      return assertNever(easing)
  }
}
