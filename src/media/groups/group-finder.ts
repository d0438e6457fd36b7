import { toNumber } from '../../plan/frames/rational.js'
import type { CodedGroups, Rational } from '../../plan/model/facts.js'

/** Greatest distance, in frames, of a frame from its place: containers round times, at worst to milliseconds. */
const MAX_DEVIATION_FRAMES = 0.25

/** More frames than any encoder sends ahead of one that is shown before them. */
const MAX_AHEAD = 64

/** Most frames between a key frame that is not shown and the start of an edit list after it. */
const MAX_LEAD = 1000

/** More starts than this are thinned out. One start per second for an hour fits. */
const MAX_STARTS = 4096

/** Where groups of pictures (GOPs) may begin, judged by the order of the packets. */
export interface GroupOutline extends Pick<CodedGroups, 'starts' | 'reorderFrames'> {
  readonly frameCount: number
  /** Time at which frame 0 is shown. */
  readonly firstSec: number
}

/**
 * Finds the key frames at which a film can be split. It is given packet after packet in the order of the file; at such
 * a key frame every frame that is shown earlier has come, and none that is shown later.
 */
export function createGroupFinder(rate: Rational) {
  /** Times of the frames before the first key frame that is shown, in the order of the file. */
  const lead: number[] = []
  let grid: Grid | null = null
  let isEven = true

  const place = (grid: Grid, sec: number, isKey: boolean): void => {
    isEven &&= grid.add(sec, isKey)
  }
  return {
    /** @param sec time at which the frame is shown; null: unknown */
    add: (sec: number | null, isKey: boolean): void => {
      if (!isEven || sec === null) isEven = false
      else if (grid) place(grid, sec, isKey)
      else if (!isKey) isEven = lead.push(sec) <= MAX_LEAD
      else {
        const opened = createGrid(rate, Math.min(sec, ...lead))
        for (const earlier of lead) place(opened, earlier, false)
        place(opened, sec, true)
        grid = opened
      }
    },
    /** For a packet that is not shown. An edit list may leave some out before the first start, but none later. */
    breakOff: (): void => {
      if (grid?.hasStart()) isEven = false
    },
    /** null: the frames do not lie on an even grid with one frame in each place. */
    outline: (): GroupOutline | null => (isEven && grid ? grid.outline() : null),
  }
}

type Grid = ReturnType<typeof createGrid>

/** A frame grid that begins at a time. */
function createGrid(rate: Rational, firstSec: number) {
  let count = 0
  /** All frames below this number have come; those in `ahead` lie above it. */
  let complete = 0
  const ahead = new Set<number>()
  let reorderFrames = 0
  const starts = createStartList()
  return {
    /** @returns false when the frame has no place of its own */
    add: (sec: number, isKey: boolean): boolean => {
      const position = (sec - firstSec) * toNumber(rate)
      const frame = Math.round(position)
      if (Math.abs(position - frame) > MAX_DEVIATION_FRAMES) return false
      if (frame < complete || ahead.has(frame) || ahead.size > MAX_AHEAD) return false
      if (isKey && ahead.size === 0 && frame === count) starts.add(frame)
      reorderFrames = Math.max(reorderFrames, count - frame)
      count += 1
      ahead.add(frame)
      while (ahead.delete(complete)) complete += 1
      return true
    },
    hasStart: () => starts.list().length > 0,
    outline: (): GroupOutline | null =>
      ahead.size === 0 ? { starts: starts.list(), reorderFrames, frameCount: count, firstSec } : null,
  }
}

/** Keeps a bounded number of starts: when there are too many, only those that are twice as far apart. */
function createStartList() {
  let kept: number[] = []
  let leastFrames = 1
  return {
    add: (frame: number): void => {
      if (frame - (kept.at(-1) ?? -Infinity) < leastFrames) return
      kept.push(frame)
      while (kept.length > MAX_STARTS) {
        leastFrames *= 2
        kept = thinned(kept, leastFrames)
      }
    },
    list: (): readonly number[] => kept,
  }
}

function thinned(starts: readonly number[], leastFrames: number): number[] {
  const kept: number[] = []
  for (const frame of starts) {
    if (frame - (kept.at(-1) ?? -Infinity) >= leastFrames) kept.push(frame)
  }
  return kept
}
