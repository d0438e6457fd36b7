import type { FrameWindow } from '../frames/frame-window.js'
import { shareOut } from './share-out.js'

/** What there is to do. Costs are in the unit of passes: megapixels of H.264. */
export interface Work {
  readonly renditions: readonly RenditionWork[]
  /** To decode and edit the pictures once. */
  readonly editCost: number
  /** Memory that this takes. */
  readonly editBytes: number
  /** To code the sound; 0: there is none. */
  readonly soundCost: number
  /** GOPs of the whole: no chunk is less than one. */
  readonly gops: number
  readonly durationSec: number
}

export interface RenditionWork {
  /** To encode all of it. */
  readonly encodeCost: number
  /** Memory of its encoder. */
  readonly encodeBytes: number
}

/** A stretch of the film. */
export interface LaidChunk {
  readonly gops: number
  /** Passes that share its renditions. One decodes once; more are shorter, and more slots can work on them. */
  readonly parties: number
}

/** How the film is cut into passes, from its start to its end. One chunk: not at all. */
export type Layout = readonly LaidChunk[]

/** The chunks of a film whose GOPs are as many as the layout's, or by rounding of frame rates one fewer or more. */
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

/** What a process costs before its first frame and after its last, and until the next begins: over half a second. */
const START_COST = 15

/** Of the passes of a chunk, the longest first. */
export function chunkCosts(
  { renditions, editCost, gops: all }: Work,
  { gops, parties }: LaidChunk,
): number[] {
  return shareOut(renditions, ({ encodeCost }) => encodeCost, parties).map((party) => {
    const encodeCost = party.reduce((sum, rendition) => sum + rendition.encodeCost, 0)
    return ((encodeCost + editCost) * gops) / all + START_COST
  })
}

/** Of the pass that codes the sound; null: there is none. */
export function soundPassCost({ soundCost }: Work): number | null {
  return soundCost > 0 ? soundCost + START_COST : null
}

/**
 * Memory of a pass at most, in bytes: two of them, as two cores run, leave the services their share of 4 GB.
 */
const MAX_PASS_BYTES = 1.7e9

/** The fewest passes that share the renditions of a chunk without taking too much memory, if there are any. */
export function leastParties({ renditions, editBytes }: Work): number {
  const fits = (parties: number) =>
    shareOut(renditions, ({ encodeCost }) => encodeCost, parties).every((party) => {
      const bytes = party.reduce((sum, { encodeBytes }) => sum + encodeBytes, editBytes)
      return bytes <= MAX_PASS_BYTES
    })
  let parties = 1
  while (parties < renditions.length && !fits(parties)) parties += 1
  return parties
}
