import type { FrameWindow } from '../frames/frame-window.js'
import { shareOut } from './share-out.js'

/** The work of rendering films. Costs are in megapixels of H.264, as those of passes are. */
export interface Work {
  readonly renditions: readonly RenditionWork[]
  /** Cost of decoding and editing the pictures once. */
  readonly editCost: number
  /** Memory for decoding and editing. */
  readonly editBytes: number
  /** Cost of encoding the sound; 0: there is none. */
  readonly soundCost: number
  /** GOPs of the whole film. No chunk is shorter than one. */
  readonly gops: number
  readonly durationSec: number
}

export interface RenditionWork {
  /** Cost of encoding all of the rendition. */
  readonly encodeCost: number
  /** Memory of the encoder. */
  readonly encodeBytes: number
}

/** A chunk of the film. */
export interface LaidChunk {
  readonly gops: number
  /** Passes that share the renditions of the chunk. One pass decodes once; several are shorter, for more slots. */
  readonly passCount: number
}

/** How a film is cut into passes, from its start to its end. A single chunk: it is not cut. */
export type Layout = readonly LaidChunk[]

/** The chunks of a film. Rounding of frame rates may give it one GOP more or less than the layout has. */
export function layoutWindows(
  layout: Layout,
  frameCount: number,
  gopFrames: number,
): (LaidChunk & { readonly window: FrameWindow })[] {
  let gops = 0
  return layout.flatMap((chunk, index) => {
    const start = gops * gopFrames
    gops += chunk.gops
    const end = index === layout.length - 1 ? frameCount : Math.min(frameCount, gops * gopFrames)
    return end > start ? [{ ...chunk, window: { start, end } }] : []
  })
}

/** Cost of a process before its first frame and after its last one, until the next begins: over half a second. */
const START_COST = 15

/** What the passes of a job cost. */
export interface Prices {
  /** Costs of the passes of a chunk, the highest first. */
  readonly ofChunk: (chunk: LaidChunk) => readonly number[]
  /** Cost of the pass that encodes the sound; null: there is none. */
  readonly ofSound: number | null
}

/** Each kind of chunk is priced once: most chunks of a layout are alike, and hundreds of layouts are compared. */
export function priceWork(work: Work): Prices {
  const known = new Map<string, readonly number[]>()
  return {
    ofChunk: (chunk) => {
      const key = `${chunk.gops}/${chunk.passCount}`
      const costs = known.get(key) ?? chunkCosts(work, chunk)
      known.set(key, costs)
      return costs
    },
    ofSound: work.soundCost > 0 ? work.soundCost + START_COST : null,
  }
}

function chunkCosts({ renditions, editCost, gops: all }: Work, { gops, passCount }: LaidChunk): number[] {
  return shareOut(renditions, ({ encodeCost }) => encodeCost, passCount).map((share) => {
    const encodeCost = share.reduce((sum, rendition) => sum + rendition.encodeCost, 0)
    return ((encodeCost + editCost) * gops) / all + START_COST
  })
}

/** Memory of a pass at most, in bytes: two passes on two cores leave the services their share of 4 GB. */
const MAX_PASS_BYTES = 1.7e9

/** The fewest passes that can share the renditions of a chunk without one taking too much memory. */
export function leastPasses({ renditions, editBytes }: Work): number {
  const fits = (passCount: number) =>
    shareOut(renditions, ({ encodeCost }) => encodeCost, passCount).every((share) => {
      const bytes = share.reduce((sum, { encodeBytes }) => sum + encodeBytes, editBytes)
      return bytes <= MAX_PASS_BYTES
    })
  let passCount = 1
  while (passCount < renditions.length && !fits(passCount)) passCount += 1
  return passCount
}
