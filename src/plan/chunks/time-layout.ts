import { chunkCosts, type Layout, soundPassCost, type Work } from './layout.js'

interface TimedPass {
  readonly cost: number
  /** What is hard to code in one rendition is in all: -1 to 1, by the chunk. */
  readonly hardness: number
}

/** Pictures are not equally hard to code: chunks take up to so much longer or shorter than one thinks. */
const UNEVENNESS = 0.12

/** So many films with other hard and easy places, or fewer where many passes make up for each other. */
const FILMS = 24
const FEW_FILMS = 3
const MANY_PASSES = 40

/**
 * How long slots take for a layout, in the unit of costs, over films of different kinds: the sound comes first, then
 * whichever slot is free begins the longest pass that is left.
 */
export function timeLayout(work: Work, layout: Layout, slots: number): number {
  const sound = soundPassCost(work)
  const costs = layout.map((chunk) => chunkCosts(work, chunk))
  const count = costs.flat().length > MANY_PASSES ? FEW_FILMS : FILMS
  let sum = 0
  for (let film = 0; film < count; film += 1) {
    const passes = costs.flatMap((ofChunk, index) =>
      ofChunk.map((cost): TimedPass => ({ cost, hardness: hardnessOf(film, index) })),
    )
    passes.sort((a, b) => b.cost - a.cost)
    sum += timeOf([...(sound === null ? [] : [{ cost: sound, hardness: 0 }]), ...passes], slots)
  }
  return sum / count
}

/** No layout is done sooner, however well its passes fit. */
export function leastTime(work: Work, layout: Layout, slots: number): number {
  const costs = layout.flatMap((chunk) => chunkCosts(work, chunk))
  return [...costs, soundPassCost(work) ?? 0].reduce((sum, cost) => sum + cost, 0) / slots
}

function timeOf(passes: readonly TimedPass[], slots: number): number {
  const ends = Array.from({ length: Math.min(slots, passes.length) }, () => 0)
  for (const { cost, hardness } of passes) {
    let freest = 0
    for (let slot = 1; slot < ends.length; slot += 1) {
      if ((ends[slot] ?? 0) < (ends[freest] ?? 0)) freest = slot
    }
    ends[freest] = (ends[freest] ?? 0) + cost * (1 + UNEVENNESS * hardness)
  }
  return Math.max(...ends)
}

/** Scattered evenly, and the same whenever it is asked: multiples of the golden ratio, less their whole part. */
function hardnessOf(film: number, chunk: number): number {
  const place = (chunk + 1) * 0.6180339887 + film * 0.3819660113 * (chunk + 2)
  return 2 * (place - Math.floor(place)) - 1
}
