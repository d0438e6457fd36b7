import { toNumber } from '../../plan/frames/rational.js'
import type { CodedGroups, Rational } from '../../plan/model/facts.js'

/** So far, in frames, a frame may lie beside its place: containers round times, the worst to milliseconds. */
const MAX_DEVIATION_FRAMES = 0.25

/** No coder sends so many frames ahead of one that is shown before them. */
const MAX_AHEAD = 64

/** An edit list may begin behind a key frame that is not shown, so far at most. */
const MAX_LEAD = 1000

/** More starts than this are thinned out: an hour of them, one a second, fits. */
const MAX_STARTS = 4096

/** Where groups may begin, as the order of the packets tells. */
export interface GroupOutline extends Pick<CodedGroups, 'starts' | 'reorderFrames'> {
  readonly frameCount: number
  /** When frame 0 is shown. */
  readonly firstSec: number
}

/**
 * Finds, packet by packet in the order of the file, the key frames before which all is complete: every frame shown
 * earlier has come, and none shown later.
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
    /** @param sec when the frame is shown; null: unknown */
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
    /** A packet that is not shown. Before the first start there may be some: an edit list begins where it likes. */
    breakOff: (): void => {
      if (grid?.hasStart()) isEven = false
    },
    /** null: the frames do not lie on an even grid, each in a place of its own. */
    outline: (): GroupOutline | null => (isEven && grid ? grid.outline() : null),
  }
}

type Grid = ReturnType<typeof createGrid>

/** Frames of one length from a moment on. */
function createGrid(rate: Rational, firstSec: number) {
  let count = 0
  /** All frames below this one have come; those of `ahead` lie above. */
  let complete = 0
  const ahead = new Set<number>()
  let reorderFrames = 0
  const starts = createStartList()
  return {
    /** false: the frame has no place of its own. */
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

/** Keeps a bounded number, evenly: when there are too many, only those twice as far apart. */
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
