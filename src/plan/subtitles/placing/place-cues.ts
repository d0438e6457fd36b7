import type { FrameWindow } from '../../frames/frame-window.js'
import { breakWords, countLines } from '../../text/break-words.js'
import type { CueLine, CuePosition, CueRegion } from '../cue.js'
import { columnOf, type Page } from './page.js'
import { type Interval, overlap, placeAtLine, placeNear } from './place-lines.js'
import { raisesOf, type Rectangle, rectangleOf, type Stacked } from './place-regions.js'

/** A cue with the frames that show it. */
export interface TimedCue {
  readonly window: FrameWindow
  readonly text: string
  readonly position: CuePosition
}

/** Where a cue is drawn, and when. A cue in a region moves, and so has several places. */
export interface PlacedCue {
  /** Index of the cue in the list that was given. */
  readonly index: number
  readonly window: FrameWindow
  /** The text, with places to break in words that are wider than the column. */
  readonly text: string
  readonly align: CuePosition['align']
  /** The pixels that lines may take along their direction. */
  readonly column: Interval
  readonly place: Place
}

/** Pixels. */
export type Place =
  /** A distance of the text's upper edge from that of the picture, or of the lower from the lower. */
  | { readonly from: 'top' | 'bottom'; readonly distance: number }
  | { readonly from: 'middle' }
  /** Vertical lines: the first begins at `x`, the others are left of it. */
  | { readonly from: 'right'; readonly x: number }
  /** The lower edge, within a part of the picture that nothing is drawn outside of. */
  | { readonly from: 'region'; readonly bottom: number; readonly clip: Rectangle }

/** A cue that is measured. */
interface Measured extends TimedCue {
  readonly index: number
  readonly column: Interval
  /** Its length across its lines. */
  readonly size: number
}

interface Taken {
  readonly window: FrameWindow
  readonly rectangle: Rectangle
}

/**
 * Places cues in the order in which they appear, as WebVTT does: one that is shown keeps its place, and those that
 * come while it is shown stay clear of it.
 */
export function placeCues(cues: readonly TimedCue[], page: Page): PlacedCue[] {
  const measured = cues.map((cue, index) => measure(cue, index, page))
  const inOrder = measured.toSorted((a, b) => a.window.start - b.window.start)
  const regions = new Map<string, Measured[]>()
  let taken: Taken[] = []
  const placed = inOrder.map((cue): PlacedCue | null => {
    taken = taken.filter(({ window }) => window.end > cue.window.start)
    const region = regionOf(cue)
    if (region) {
      const others = regions.get(region.id)
      if (others) others.push(cue)
      else regions.set(region.id, [cue])
      taken.push({ window: cue.window, rectangle: rectangleOf(region, page) })
      return null
    }
    const { place, rectangle } = placeCue(cue, taken, page)
    taken.push({ window: cue.window, rectangle })
    return { ...ofCue(cue), place }
  })
  return [
    ...placed.filter((cue) => cue !== null),
    ...[...regions.values()].flatMap((list) => placeInRegion(list, page)),
  ]
}

function ofCue({ index, window, text, position, column }: Measured): Omit<PlacedCue, 'place'> {
  return { index, window, text, align: position.align, column }
}

function regionOf({ position: { line } }: TimedCue): CueRegion | null {
  return line?.by === 'region' ? line.region : null
}

function measure(cue: TimedCue, index: number, page: Page): Measured {
  const region = regionOf(cue)
  const column = region
    ? columnIn(rectangleOf(region, page).x, cue.position, page)
    : columnOf(cue.position, page)
  const isHorizontal = cue.position.writing === 'horizontal'
  const lines = Math.ceil((isHorizontal ? page.height : page.width) / page.lineHeight)
  const { font, isBold } = page
  const width = { width: (column.until - column.from) / page.fontSize, font, isBold, lines }
  const text = breakWords(cue.text, width)
  return { ...cue, text, index, column, size: countLines(text, width) * page.lineHeight }
}

function columnIn({ from, until }: Interval, position: CuePosition, page: Page): Interval {
  const scale = (until - from) / page.width
  const { from: start, size } = position.box
  const box = { from: (from / page.width) * 100 + start * scale, size: size * scale }
  return columnOf({ ...position, box }, page)
}

/** The latest cue of a region is at its bottom; what is pushed beyond its top is not seen. */
function placeInRegion(cues: readonly Measured[], page: Page): PlacedCue[] {
  const stacked = cues.map(({ window, size }): Stacked => ({ window, height: size }))
  return cues.flatMap((cue, index) => {
    const region = regionOf(cue)
    if (!region) return []
    const below = untilEnd(stacked, index)
    const clip = rectangleOf(region, page)
    return raisesOf({ window: cue.window, height: cue.size }, below)
      .filter(({ by }) => by < clip.y.until - clip.y.from)
      .map(({ window, by }) => ({
        ...ofCue(cue),
        window,
        place: { from: 'region' as const, bottom: clip.y.until - by, clip },
      }))
  })
}

/** The cues behind one that begin while it is shown. */
function untilEnd(stacked: readonly Stacked[], index: number): readonly Stacked[] {
  const endFrame = stacked[index]?.window.end ?? 0
  let end = index + 1
  while ((stacked[end]?.window.start ?? Infinity) < endFrame) end += 1
  return stacked.slice(index + 1, end)
}

function placeCue(
  cue: Measured,
  taken: readonly Taken[],
  page: Page,
): { place: Place; rectangle: Rectangle } {
  const isHorizontal = cue.position.writing === 'horizontal'
  const [along, across] = isHorizontal ? (['x', 'y'] as const) : (['y', 'x'] as const)
  const blocking = taken
    .filter(({ rectangle }) => overlap(rectangle[along], cue.column))
    .map(({ rectangle }) => padded(rectangle[across], 2 * page.padding))
  const full = isHorizontal ? page.height : page.width
  const margin = isHorizontal ? page.margin : page.sideMargin
  const line = cue.position.line ?? { by: 'lines', line: page.position === 'top' ? 0 : -1 }
  const spot = findSpot(line, cue, { taken: blocking, full, margin, page })
  const box = { from: spot.at, until: spot.at + cue.size }
  const rectangle = isHorizontal ? { x: cue.column, y: box } : { x: box, y: cue.column }
  if (!isHorizontal) return { place: { from: 'right', x: box.until }, rectangle }
  const { edge } = spot
  if (edge === 'middle') return { place: { from: 'middle' }, rectangle }
  return { place: { from: edge, distance: edge === 'top' ? box.from : page.height - box.until }, rectangle }
}

function padded({ from, until }: Interval, by: number): Interval {
  return { from: from - by, until: until + by }
}

interface Axis {
  readonly taken: readonly Interval[]
  readonly full: number
  readonly margin: number
  readonly page: Page
}

interface Spot {
  readonly at: number
  /** The edge of the picture that the text keeps its distance from, should it take more lines than were counted. */
  readonly edge: 'top' | 'bottom' | 'middle'
}

/** Where there is no room, a cue stays where it was asked for, but within the picture. */
function findSpot(line: CueLine, cue: Measured, { taken, full, margin, page }: Axis): Spot {
  const { size, position } = cue
  // What is larger than the picture shows its beginning.
  if (size > full) return { at: 0, edge: 'top' }
  const inside = (at: number) => Math.max(0, Math.min(at, full - size))
  if (line.by === 'percent') {
    const part = { start: 0, center: 0.5, end: 1 }[line.anchor]
    const wanted = (full * line.percent) / 100 - part * size
    const at = placeNear(wanted, { taken, size, area: { from: 0, until: full } }) ?? inside(wanted)
    const isMiddle = line.anchor === 'center' && line.percent === 50 && Math.abs(at - wanted) < 1
    return { at, edge: isMiddle ? 'middle' : at >= wanted && line.anchor !== 'end' ? 'top' : 'bottom' }
  }
  const area = { from: margin, until: full - margin }
  const asked = line.by === 'lines' ? line.line : -1
  // Vertical lines are counted from the right when they grow to the left.
  const growsLeft = position.writing === 'vertical-rl'
  const counted = growsLeft ? -(asked + 1) : asked
  const shift = growsLeft ? page.lineHeight - size : 0
  const start = (counted < 0 ? area.until : area.from) + counted * page.lineHeight + shift
  const step = counted < 0 ? -page.lineHeight : page.lineHeight
  const at = placeAtLine(start, step, { taken, size, area }) ?? inside(start)
  return { at, edge: counted < 0 ? 'bottom' : 'top' }
}
