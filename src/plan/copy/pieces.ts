import { type FrameWindow, lengthOf, shift } from '../frames/frame-window.js'
import type { CodedGroups } from '../model/facts.js'

/** A window of a film that is copied or encoded. */
export type Piece =
  /** Whole groups of frames of the source, as they are coded. */
  | { readonly kind: 'copy'; readonly window: FrameWindow; readonly source: FrameWindow }
  | { readonly kind: 'encode'; readonly window: FrameWindow }

interface Wanted {
  /** Frames of the source that the film shows one after another, in any order. */
  readonly kept: readonly FrameWindow[]
  /** Frames of the film that differ from the source; ascending, no window touching the next. */
  readonly changed: readonly FrameWindow[]
  /** Frames of the source. */
  readonly frameCount: number
  /** Frames that a copied piece has at least. */
  readonly leastFrames: number
}

/**
 * Cuts a film into pieces that cover each of its frames once, in order. What can be copied is copied. An encoded piece
 * begins and ends at a copied one, or at an end of the film.
 */
export function cutPieces(
  { starts }: Pick<CodedGroups, 'starts'>,
  { kept, changed, frameCount, leastFrames }: Wanted,
): Piece[] {
  const borders = [...starts, frameCount]
  const copies: Piece[] = []
  let at = 0
  for (const part of kept) {
    const window = { start: at, end: at + lengthOf(part) }
    for (const same of without(window, changed)) {
      const source = wholeGroups(borders, shift(same, part.start - at))
      if (source && lengthOf(source) >= leastFrames) {
        copies.push({ kind: 'copy', window: shift(source, at - part.start), source })
      }
    }
    at = window.end
  }
  return fillGaps(copies, at)
}

/** The largest run of whole groups within a window of the source; null: there is none. */
function wholeGroups(borders: readonly number[], { start, end }: FrameWindow): FrameWindow | null {
  const first = borders[firstIndex(borders, start)]
  const last = borders[firstIndex(borders, end + 1) - 1]
  return first !== undefined && last !== undefined && first < last ? { start: first, end: last } : null
}

/** Index of the first of ascending numbers that is not less than a value. */
function firstIndex(numbers: readonly number[], value: number): number {
  let [low, high] = [0, numbers.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((numbers[middle] ?? Infinity) < value) low = middle + 1
    else high = middle
  }
  return low
}

/** The parts of a window that ascending windows do not cover. */
function without({ start, end }: FrameWindow, taken: readonly FrameWindow[]): FrameWindow[] {
  const left: FrameWindow[] = []
  let at = start
  for (const window of taken) {
    if (window.end <= at || window.start >= end) continue
    if (window.start > at) left.push({ start: at, end: window.start })
    at = window.end
  }
  return at < end ? [...left, { start: at, end }] : left
}

function fillGaps(copies: readonly Piece[], frameCount: number): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const piece of copies) {
    if (piece.window.start > at) {
      pieces.push({ kind: 'encode', window: { start: at, end: piece.window.start } })
    }
    pieces.push(piece)
    at = piece.window.end
  }
  return at < frameCount ? [...pieces, { kind: 'encode', window: { start: at, end: frameCount } }] : pieces
}

/** Whole groups around frames of a source, for a cut at key frames; null: decoding cannot begin before them. */
export function groupsAround(
  { starts }: Pick<CodedGroups, 'starts'>,
  { start, end }: FrameWindow,
  frameCount: number,
): FrameWindow | null {
  const first = starts[firstIndex(starts, start + 1) - 1]
  return first === undefined ? null : { start: first, end: starts[firstIndex(starts, end)] ?? frameCount }
}
