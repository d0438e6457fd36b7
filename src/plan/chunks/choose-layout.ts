import { type LaidChunk, type Layout, leastParties, type Work } from './layout.js'
import { leastTime, timeLayout } from './time-layout.js'

/** Passes of a job at most. */
const MAX_PASSES = 256

/**
 * So many GOPs for each join. The frames before one are coded without a look at those after it, and the key frame
 * after it without knowing what those before took: of a GOP's bits an eighth is missing at 1080p and 720p, at 480p a
 * sixth, in small quiet pictures more. Of all of the film's that is a few hundredths.
 */
const GOPS_PER_JOIN = 7

/** No crash costs more than a chunk, so that has a limit while there are passes left. */
const MAX_CHUNK_SEC = 60

/** A join has to be worth it. */
const JOIN_PENALTY = 0.004

/** Cutting has to be worth it, too. */
const WORTH = 0.98

/** So many more chunks than there have to be are tried, and so many more rounds of all slots. */
const FEW_CHUNKS = 6
const MORE_ROUNDS = 3

/** The layout that is done first by these slots. */
export function chooseLayout(work: Work, slots: number): Layout {
  let best: Layout = [{ gops: work.gops, parties: 1 }]
  let bestTime = WORTH * timeLayout(work, best, slots)
  if (work.durationSec > MAX_CHUNK_SEC) bestTime = Infinity
  for (const layout of layouts(work, slots)) {
    const penalty = 1 + JOIN_PENALTY * (layout.length - 1)
    if (leastTime(work, layout, slots) * penalty >= bestTime) continue
    const time = timeLayout(work, layout, slots) * penalty
    if (time < bestTime) [best, bestTime] = [layout, time]
  }
  return best
}

/** Equal chunks, and behind them smaller ones that fill the slots to the end. */
function* layouts(work: Work, slots: number): Generator<Layout> {
  const { gops, durationSec, renditions } = work
  const most = Math.min(1 + Math.floor(gops / GOPS_PER_JOIN), MAX_PASSES)
  const least = Math.min(most, Math.ceil(durationSec / MAX_CHUNK_SEC))
  const bodyParties = partyCounts(leastParties(work), renditions.length)
  for (const count of bodyCounts(least, most, slots)) {
    for (const parties of bodyParties) {
      for (const tailGops of tailLengths(gops, count)) {
        const body = cut(gops - tailGops, count, parties)
        for (const tail of tails(work, tailGops, parties)) {
          const layout = [...body, ...tail]
          const passes = layout.reduce((sum, chunk) => sum + chunk.parties, 0)
          if (layout.length > 1 && layout.length <= most && passes <= MAX_PASSES) yield layout
        }
      }
    }
  }
}

function cut(gops: number, count: number, parties: number): LaidChunk[] {
  return evenly(gops, count).map((one) => ({ gops: one, parties }))
}

/** Numbers of equal chunks: any that are few, and such as fill the slots a few times over, or all but one or two. */
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

/** All renditions together, in two, or each alone. */
function partyCounts(least: number, renditions: number): Set<number> {
  return new Set([1, 2, renditions].map((count) => Math.min(renditions, Math.max(least, count))))
}

/** In GOPs: none, a chunk's worth at most. */
function tailLengths(gops: number, count: number): Set<number> {
  const chunk = Math.floor(gops / count)
  return new Set(
    [0, 1, 2, 3, Math.round(chunk / 4), Math.round(chunk / 2), chunk].filter(
      (one) => one <= chunk && one < gops,
    ),
  )
}

function* tails({ renditions }: Work, gops: number, bodyParties: number): Generator<LaidChunk[]> {
  if (gops === 0) {
    yield []
    return
  }
  for (const parties of partyCounts(bodyParties, renditions.length)) {
    for (const count of new Set([1, 2, 3].filter((one) => one <= gops))) yield cut(gops, count, parties)
  }
}

/** A whole number in so many parts that differ by one at most; none is 0, so there may be fewer. */
export function evenly(total: number, parts: number): number[] {
  const count = Math.max(1, Math.min(parts, total))
  const until = (index: number) => Math.floor((index * total) / count)
  return Array.from({ length: count }, (_, index) => until(index + 1) - until(index))
}
