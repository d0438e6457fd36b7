import { type FrameWindow, lengthOf, overlaps } from '../frames/frame-window.js'
import { framesToSec } from '../frames/rational.js'
import type { Timeline } from '../frames/timeline.js'
import type { FilterCall, GraphBuilder } from '../graph/graph-builder.js'
import { SCALE_MATRIX } from '../inputs/color-space.js'
import { changeMarks, MARK_SIZE, type Shown } from './change-marks.js'
import { FRAME_US, MIDDLE_US } from './frame-clock.js'
import { LEAD_SEC } from './own-script.js'

export interface SubtitleLayer {
  /** The ASS file. */
  readonly script: string
  /**
   * The clock of its times. `frames`: frame n begins at n hundredths of a second; `file`: the seconds of a
   * file, which are shown `offsetSec` later.
   */
  readonly clock: { readonly of: 'frames' } | { readonly of: 'file'; readonly offsetSec: number }
  readonly shown: readonly Shown[]
  /** The frames on which the layer is visible. */
  readonly window: FrameWindow
}

/**
 * Draws subtitles on a layer, again only when what is shown changes, and lays it over the picture. Drawing into
 * the picture itself, `ass` would mix every colour by BT.601 before ffmpeg 6.1.
 */
export function laySubtitles(graph: GraphBuilder, timeline: Timeline, layer: SubtitleLayer): Timeline {
  if (!layer.shown.some(({ window }) => overlaps(window, timeline.delivered))) return timeline
  const frames = drawnFrames(layer.shown, timeline)
  const { frameRate } = timeline
  const shown = layer.shown.filter(({ window }) => overlaps(window, frames))
  const changes = changedFrames(graph, timeline, shown, frames)
  const { before, after } = clockFilters(layer.clock, timeline)
  const drawn = drawStraight(graph, graph.chain(changes, before), timeline, layer.script)
  const matched = graph.chain(drawn, [
    ...after,
    ['settb', { expr: `${frameRate.den}/${frameRate.num}` }],
    ...hideOutside(layer.window, timeline),
    ['scale', { out_color_matrix: SCALE_MATRIX[timeline.colorSpace], out_range: 'tv' }],
    ['format', { pix_fmts: 'yuva420p' }],
  ])
  // `enable` would not do: it goes also by the time of the layer's next picture, which is fetched ahead.
  return { ...timeline, videoPad: graph.add('overlay', { eof_action: 'repeat' }, timeline.videoPad, matched) }
}

/** Hides the layer outside the window. It has a picture for each change, so also one for the window's end. */
function hideOutside({ start, end }: FrameWindow, { frameRate, frameCount }: Timeline): FilterCall[] {
  if (start === 0 && end === frameCount) return []
  const [from, until] = [start - 0.5, end - 0.5].map((frame) => framesToSec(frame, frameRate).toFixed(6))
  return [['colorchannelmixer', { aa: 0, enable: `lt(t,${from})+gte(t,${until})` }]]
}

/**
 * The window that has to be drawn for what a timeline delivers. libass puts a line where earlier lines leave
 * room: so drawing begins at the first of the lines that lead, one overlapping the next, to what is shown at the
 * start.
 */
export function drawnFrames(
  shown: readonly Shown[],
  { delivered }: Pick<Timeline, 'delivered'>,
): FrameWindow {
  return { start: firstDrawn(shown, delivered), end: delivered.end }
}

function firstDrawn(shown: readonly Shown[], { start }: FrameWindow): number {
  const earlier = shown.filter(({ window }) => window.start < start && window.end > start)
  const first = Math.min(start, ...earlier.map(({ window }) => window.start))
  return first < start ? firstDrawn(shown, { start: first, end: start }) : start
}

/** A pad of small pictures on the clock of frames, one for each frame that differs from the one before. */
function changedFrames(
  graph: GraphBuilder,
  { frameCount }: Timeline,
  shown: readonly Shown[],
  frames: FrameWindow,
): string {
  const marks = graph.addSideFile('ass', changeMarks(shown, frameCount))
  const { width, height } = MARK_SIZE
  const rate = 1e6 / FRAME_US
  const source = { color: 'black', size: `${width}x${height}`, rate, duration: lengthOf(frames) / rate }
  const isAnimated = shown.some((one) => one.isAnimated)
  const flicker: FilterCall[] = isAnimated ? [['geq', { lum: '255*mod(N,2)' }]] : []
  return graph.chain(graph.add('color', source), [
    ['settb', { expr: '1/1000000' }],
    ['setpts', { expr: `(N+${frames.start})*${FRAME_US}+${MIDDLE_US}` }],
    ['format', { pix_fmts: 'gray' }],
    ...flicker,
    ['ass', { filename: marks }],
    ['mpdecimate', {}],
  ])
}

/** Filters from the clock of frames to the script's, and from there to the timeline's; all in microseconds. */
function clockFilters(
  clock: SubtitleLayer['clock'],
  { frameRate }: Timeline,
): { before: FilterCall[]; after: FilterCall[] } {
  const toSeconds = `round((PTS-${MIDDLE_US})/${FRAME_US}*1000000*${frameRate.den}/${frameRate.num})`
  if (clock.of === 'frames') return { before: [], after: [['setpts', { expr: toSeconds }]] }
  // A little more than the tolerance of `firstFrameFrom`, so that a frame that begins with an event shows it.
  const toleranceUs = Math.ceil((1000 * frameRate.den) / frameRate.num) + 2
  const shiftUs = Math.round((LEAD_SEC - clock.offsetSec) * 1e6) + toleranceUs
  return {
    before: [['setpts', { expr: `${toSeconds}+(${shiftUs})` }]],
    after: [['setpts', { expr: `PTS-(${shiftUs})` }]],
  }
}

/**
 * A picture of the script with straight alpha for each incoming picture. `ass` itself squares the alpha of what
 * is transparent. So the script is drawn on black and on white: where the two differ, the ground shows through.
 */
function drawStraight(graph: GraphBuilder, pad: string, { width, height }: Timeline, script: string): string {
  const filename = graph.addSideFile('ass', script)
  const blank = graph.chain(pad, [
    ['scale', { w: width, h: height }],
    ['format', { pix_fmts: 'gbrp' }],
  ])
  const [first, second] = graph.split(blank)
  const drawOn = (ground: string, level: number) =>
    graph.chain(ground, [
      ['lutrgb', { r: level, g: level, b: level }],
      ['ass', { filename }],
    ])
  const [onBlack, premultiplied] = graph.split(drawOn(first, 0))
  const difference = graph.add('blend', { all_mode: 'difference' }, drawOn(second, 255), onBlack)
  const [alphas, alpha] = graph.split(graph.add('negate', {}, difference))
  // Not by `unpremultiply`: since ffmpeg 9 it would have what is not marked as premultiplied multiplied before.
  const straight = graph.add('blend', { all_mode: 'divide' }, premultiplied, alphas)
  const opened = graph.add('format', { pix_fmts: 'gbrap' }, straight)
  return graph.add('alphamerge', {}, opened, graph.add('extractplanes', { planes: 'g' }, alpha))
}
