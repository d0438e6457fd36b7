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
  /** One pass for all renditions of a chunk, which decodes once, or one for each, which more slots can share. */
  readonly isTogether: boolean
}

/** Passes of a job at most. */
const MAX_PASSES = 256

/** Shorter chunks would spend their time on starting, and their bits on key frames and joins. */
const MIN_CHUNK_SEC = 4

/** No crash costs more than a chunk, so that has a limit while there are passes left. */
const MAX_CHUNK_SEC = 60

/** What a process costs before its first frame and after its last: about half a second. */
const START_COST = 8

/** Pictures are not equally hard to code: so much longer than the mean the last chunk may take. */
const UNEVENNESS = 0.25

/** A join has to be worth it. */
const JOIN_PENALTY = 0.004

/**
 * The layout that is done first by these slots; one chunk with each rendition for itself means that cutting is
 * worth nothing.
 */
export function chooseLayout(work: Work, slots: number): Layout {
  const { gops, durationSec, encodeCosts } = work
  const most = Math.min(gops, Math.max(1, Math.floor(durationSec / MIN_CHUNK_SEC)), MAX_PASSES)
  const least = Math.min(most, Math.ceil(durationSec / MAX_CHUNK_SEC))
  let best: Layout = { chunks: 1, isTogether: false }
  let bestCost = Infinity
  for (let chunks = least; chunks <= most; chunks += 1) {
    for (const isTogether of [true, false]) {
      if (!isTogether && chunks * encodeCosts.length > MAX_PASSES) continue
      const layout = { chunks, isTogether }
      const cost = timeOf(work, layout, slots) * (1 + JOIN_PENALTY * (chunks - 1))
      if (cost < bestCost) [best, bestCost] = [layout, cost]
    }
  }
  return best
}

/** Until the last slot is done, when whichever is free begins the longest pass that is left. */
function timeOf(work: Work, { chunks, isTogether }: Layout, slots: number): number {
  const { encodeCosts, editCost, soundCost } = work
  const encodes = isTogether ? [encodeCosts.reduce((sum, cost) => sum + cost, 0)] : encodeCosts
  const ofChunk = encodes.map((cost) => (cost + editCost) / chunks + START_COST).sort((a, b) => b - a)
  const costs = ofChunk.flatMap((cost) => Array.from({ length: chunks }, () => cost))
  const loads = Array.from({ length: Math.min(slots, costs.length + 1) }, () => 0)
  for (const cost of soundCost > 0 ? [...costs, soundCost + START_COST] : costs) {
    const freest = loads.indexOf(Math.min(...loads))
    loads[freest] = (loads[freest] ?? 0) + cost
  }
  return Math.max(...loads) + (costs.length > 1 ? UNEVENNESS * (ofChunk[0] ?? 0) : 0)
}
