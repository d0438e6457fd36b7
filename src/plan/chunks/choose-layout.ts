import { type LaidChunk, type Layout, leastPasses, priceWork, type Work } from './layout.js'
import { leastTime, timeLayout } from './time-layout.js'

/** Upper bound of the passes of a job. */
const MAX_PASSES = 256

/**
 * GOPs per join at least. The encoder codes the frames before a join without a look at those after it, and the key
 * frame after it without knowing what the frames before took. That costs an eighth of a GOP's bits at 1080p and 720p,
 * a sixth at 480p, and more in small quiet pictures: over the whole film a few hundredths.
 */
const GOPS_PER_JOIN = 7

/** A crash costs a chunk, so chunks are no longer than this as long as there are passes left. */
const MAX_CHUNK_SEC = 60

/** Share of the time by which each join has to shorten a layout. */
const JOIN_PENALTY = 0.004

/** Share of the time in one piece that a film in chunks may take at most. */
const WORTH = 0.98

/** How many chunk counts above the minimum, and how many extra rounds of all slots, are tried. */
const FEW_CHUNKS = 6
const MORE_ROUNDS = 3

/** The layout that the slots finish first. */
export function chooseLayout(work: Work, slots: number): Layout {
  const prices = priceWork(work)
  let best: Layout = [{ gops: work.gops, passCount: 1 }]
  let bestTime = WORTH * timeLayout(prices, best, slots)
  if (work.durationSec > MAX_CHUNK_SEC) bestTime = Infinity
  for (const layout of layouts(work, slots)) {
    const penalty = 1 + JOIN_PENALTY * (layout.length - 1)
    if (leastTime(prices, layout, slots) * penalty >= bestTime) continue
    const time = timeLayout(prices, layout, slots) * penalty
    if (time < bestTime) [best, bestTime] = [layout, time]
  }
  return best
}

/** Equal chunks, followed by smaller ones that keep all slots busy to the end. */
function* layouts(work: Work, slots: number): Generator<Layout> {
  const { gops, durationSec, renditions } = work
  const most = Math.min(1 + Math.floor(gops / GOPS_PER_JOIN), MAX_PASSES)
  const least = Math.min(most, Math.ceil(durationSec / MAX_CHUNK_SEC))
  const bodyPassCounts = passCounts(leastPasses(work), renditions.length)
  for (const count of bodyCounts(least, most, slots)) {
    for (const passCount of bodyPassCounts) {
      for (const tailGops of tailLengths(gops, count)) {
        const body = cut(gops - tailGops, count, passCount)
        for (const tail of tails(work, tailGops, passCount)) {
          const layout = [...body, ...tail]
          const passes = layout.reduce((sum, chunk) => sum + chunk.passCount, 0)
          if (layout.length > 1 && layout.length <= most && passes <= MAX_PASSES) yield layout
        }
      }
    }
  }
}

function cut(gops: number, count: number, passCount: number): LaidChunk[] {
  return evenly(gops, count).map((one) => ({ gops: one, passCount }))
}

/**
 * Candidate chunk counts: every small one, then those that fill all slots in whole rounds, or all but one or two of
 * them.
 */
function* bodyCounts(least: number, most: number, slots: number): Generator<number> {
  const few = Math.min(most, least + FEW_CHUNKS)
  for (let count = least; count <= few; count += 1) yield count
  const firstRounds = Math.ceil((few + 1) / slots)
  for (let rounds = firstRounds; rounds < firstRounds + MORE_ROUNDS; rounds += 1) {
    for (const spare of [2, 1, 0]) {
      const count = rounds * slots - spare
      if (count > few && count <= most) yield count
    }
  }
  if (most > few && most < slots) yield most
}

/** All renditions in one pass, in two passes, or each in a pass of its own. */
function passCounts(least: number, renditions: number): Set<number> {
  return new Set([1, 2, renditions].map((count) => Math.min(renditions, Math.max(least, count))))
}

/** GOPs that the smaller chunks at the end may have: from none to one whole chunk. */
function tailLengths(gops: number, count: number): Set<number> {
  const chunk = Math.floor(gops / count)
  return new Set(
    [0, 1, 2, 3, Math.round(chunk / 4), Math.round(chunk / 2), chunk].filter(
      (one) => one <= chunk && one < gops,
    ),
  )
}

function* tails({ renditions }: Work, gops: number, bodyPassCounts: number): Generator<LaidChunk[]> {
  if (gops === 0) {
    yield []
    return
  }
  for (const passCount of passCounts(bodyPassCounts, renditions.length)) {
    for (const count of new Set([1, 2, 3].filter((one) => one <= gops))) yield cut(gops, count, passCount)
  }
}

/** Divides a whole number into parts that differ by 1 at most. No part is 0, so there may be fewer. */
export function evenly(total: number, parts: number): number[] {
  const count = Math.max(1, Math.min(parts, total))
  const until = (index: number) => Math.floor((index * total) / count)
  return Array.from({ length: count }, (_, index) => until(index + 1) - until(index))
}
