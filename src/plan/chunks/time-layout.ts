import type { Layout, Prices } from './layout.js'

interface TimedPass {
  readonly cost: number
  /** How hard the chunk is to encode, -1 to 1: what is hard in one rendition is hard in all. */
  readonly hardness: number
}

/** Pictures are not equally hard to encode: chunks take up to this share longer or shorter than expected. */
const UNEVENNESS = 0.12

/** Films with different hard and easy places that are tried: fewer where many passes even each other out. */
const FILMS = 24
const FEW_FILMS = 3
const MANY_PASSES = 40

/**
 * The time that the slots take for a layout, in the unit of costs, averaged over different films. The sound comes
 * first; then each slot that is free begins the longest pass that is left.
 */
export function timeLayout({ ofChunk, ofSound }: Prices, layout: Layout, slots: number): number {
  const costs = layout.map(ofChunk)
  const count = costs.flat().length > MANY_PASSES ? FEW_FILMS : FILMS
  let sum = 0
  for (let film = 0; film < count; film += 1) {
    const passes = costs.flatMap((ofChunk, index) =>
      ofChunk.map((cost): TimedPass => ({ cost, hardness: hardnessOf(film, index) })),
    )
    passes.sort((a, b) => b.cost - a.cost)
    sum += timeOf([...(ofSound === null ? [] : [{ cost: ofSound, hardness: 0 }]), ...passes], slots)
  }
  return sum / count
}

/** Lower bound of `timeLayout`, however well the passes fit. */
export function leastTime({ ofChunk, ofSound }: Prices, layout: Layout, slots: number): number {
  return [...layout.flatMap(ofChunk), ofSound ?? 0].reduce((sum, cost) => sum + cost, 0) / slots
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

/** Evenly scattered and deterministic: the fractional parts of multiples of the golden ratio. */
function hardnessOf(film: number, chunk: number): number {
  const place = (chunk + 1) * 0.6180339887 + film * 0.3819660113 * (chunk + 2)
  return 2 * (place - Math.floor(place)) - 1
}
