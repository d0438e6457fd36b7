import { common, type FrameWindow, isEmpty, shift } from '../frames/frame-window.js'
import type { Timeline } from '../frames/timeline.js'
import type { GraphBuilder } from '../graph/graph-builder.js'
import { cutTimeline, moveTimeline } from './cut-timeline.js'
import { joinTimelines } from './join-timelines.js'

/** A part of a joined result of which frames are needed. */
export interface NeededPart<Part> {
  readonly part: Part
  /** The frames that are needed, counted from the part's first one. */
  readonly needed: FrameWindow
}

/** The parts that a window of the joined result is made from. */
export function neededParts<Part extends { readonly frameCount: number }>(
  parts: readonly Part[],
  wanted: FrameWindow,
): NeededPart<Part>[] {
  let frames = 0
  return parts.flatMap((part) => {
    const joined = { start: frames, end: frames + part.frameCount }
    frames = joined.end
    const needed = shift(common(wanted, joined), -joined.start)
    return isEmpty(needed) ? [] : [{ part, needed }]
  })
}

/**
 * Joins parts of the same material.
 * @param wanted the frames of the result that are needed, without sound; null: all, with sound
 * @param open makes one of the needed parts; of its frames, those that are needed are delivered
 */
export function joinParts<Part extends { readonly frameCount: number }>(
  graph: GraphBuilder,
  parts: readonly Part[],
  wanted: FrameWindow | null,
  open: (part: NeededPart<Part>, index: number) => Timeline,
): Timeline | null {
  const frameCount = parts.reduce((sum, part) => sum + part.frameCount, 0)
  const made = neededParts(parts, wanted ?? { start: 0, end: frameCount }).map((one, index) => {
    const opened = open(one, index)
    return wanted ? cutTimeline(graph, opened, one.needed) : opened
  })
  const [first, ...others] = made
  if (!first) return null
  const joined = joinTimelines(graph, [first, ...others], 0)
  return wanted ? { ...moveTimeline(graph, joined, wanted), frameCount } : joined
}
