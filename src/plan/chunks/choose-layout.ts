import { lengthOf } from '../frame-window.js'
import { cutFrames } from './cut-frames.js'

/** What there is to do, in the unit of costs: megapixels of H.264. */
export interface Work {
  /** To encode each of the renditions. */
  readonly encodeCosts: readonly number[]
  /** To decode and edit the pictures once. */
  readonly editCost: number
  /** To code the sound; 0: there is none. */
  readonly soundCost: number
  /** GOPs of the whole: no chunk is less than one. */
  readonly gops: number
  readonly durationSec: number
}

/** How the work is cut into passes. */
export interface Layout {
  readonly chunks: number
  /**
   * So many of the last chunks have a pass for each rendition; the others have one for all, which decodes once. What
   * is shorter fills the gaps at the end, and more slots can share it.
   */
  readonly split: number
}

/** Passes of a job at most. */
const MAX_PASSES = 256

/** Shorter chunks would spend their time on starting, and their bits on key frames and joins. */
const MIN_CHUNK_SEC = 4

/** No crash costs more than a chunk, so that has a limit while there are passes left. */
const MAX_CHUNK_SEC = 60

/** What a process costs before its first frame and after its last: about half a second. */
const START_COST = 8

/** Pictures are not equally hard to code: by such a share of the passes that begin last some slots end later. */
const UNEVENNESS = 0.25

/** A join has to be worth it. */
const JOIN_PENALTY = 0.004

/** The layout that is done first by these slots; one chunk means that cutting is worth nothing. */
export function chooseLayout(work: Work, slots: number): Layout {
  const { gops, durationSec, encodeCosts } = work
  const most = Math.min(gops, Math.max(1, Math.floor(durationSec / MIN_CHUNK_SEC)), MAX_PASSES)
  const least = Math.min(most, Math.ceil(durationSec / MAX_CHUNK_SEC))
  let best: Layout = { chunks: 1, split: 0 }
  let bestCost = Infinity
  for (let chunks = least; chunks <= most; chunks += 1) {
    for (const split of new Set([0, 1, 2, 3, chunks].filter((count) => count <= chunks))) {
      if (chunks + split * (encodeCosts.length - 1) > MAX_PASSES) continue
      const cost = timeOf(work, { chunks, split }, slots) * (1 + JOIN_PENALTY * (chunks - 1))
      if (cost < bestCost) [best, bestCost] = [{ chunks, split }, cost]
    }
  }
  return best
}

/** Until the last slot is done, when whichever is free begins the longest pass that is left. */
function timeOf(work: Work, layout: Layout, slots: number): number {
  const costs = costsOf(work, layout).sort((a, b) => b - a)
  const loads = Array.from({ length: Math.min(slots, costs.length) }, () => 0)
  for (const cost of costs) {
    const freest = loads.indexOf(Math.min(...loads))
    loads[freest] = (loads[freest] ?? 0) + cost
  }
  return Math.max(...loads) + UNEVENNESS * (costs.at(-loads.length) ?? 0)
}

function costsOf({ encodeCosts, editCost, soundCost, gops }: Work, { chunks, split }: Layout): number[] {
  const together = encodeCosts.reduce((sum, cost) => sum + cost, 0)
  const ofChunks = cutFrames(gops, 1, chunks).flatMap((window, index) => {
    const share = lengthOf(window) / gops
    const encodes = index < chunks - split ? [together] : encodeCosts
    return encodes.map((cost) => (cost + editCost) * share + START_COST)
  })
  return soundCost > 0 ? [...ofChunks, soundCost + START_COST] : ofChunks
}
