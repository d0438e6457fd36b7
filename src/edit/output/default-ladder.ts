import { QUALITIES, type QualityName } from './qualities.js'
import type { RenditionRequest } from './renditions.js'

/** Rungs of a stream for which no renditions are asked for, the largest first. */
const RUNGS: readonly QualityName[] = ['1080p', '720p', '480p', '360p', '240p']

/** Renditions of such a stream at most. */
const MOST = 3

/** A rung that is at least this share of the picture takes the place of the picture's own size. */
const NEAR = 0.9

/** Name of the rendition at the edited picture's own size. */
export const EDITED = 'edited'

/**
 * The renditions of a stream without `qualities` and `renditions`: none is larger than the edited picture. Its own size
 * is among them where no rung is near it, with the cap of the next rung above.
 */
export function defaultLadder({ width, height }: { width: number; height: number }): RenditionRequest[] {
  const shortSide = Math.min(width, height)
  const below = RUNGS.filter((rung) => QUALITIES[rung].shortSide <= shortSide)
  const [top] = below
  const above = RUNGS.filter((rung) => !below.includes(rung)).at(-1)
  const isOwnMissing = top === undefined || QUALITIES[top].shortSide < shortSide * NEAR
  const own: RenditionRequest[] =
    above && isOwnMissing ? [{ name: EDITED, max_bit_rate: QUALITIES[above].maxBitRate }] : []
  return [...own, ...below.map((quality) => ({ name: quality, quality }))].slice(0, MOST)
}
