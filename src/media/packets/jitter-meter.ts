/** Times may be beside what the packets before say by this much, since containers round them to milliseconds. */
const ROUNDED_SEC = 0.0015

/** A packet that is later than this after the end of the one before leaves a gap. */
const GAP_SEC = 0.005

/** Fewer overlaps than this are places where sound was cut, and no jitter. */
const MANY = 3

/**
 * Measures by how much the times of a sound track vary around those that its samples have. Lost packets only leave
 * gaps; a clock that varies makes packets overlap as well.
 */
export function createJitterMeter() {
  let expectedSec = NaN
  let overlaps = 0
  let longestSec = 0
  let hasGaps = false
  return {
    /** @param sec start of a packet @param lengthSec its length; NaN: unknown */
    add: (sec: number, lengthSec: number): void => {
      const overlapSec = expectedSec - sec
      // A longer one is a clock that was set.
      if (overlapSec > ROUNDED_SEC && overlapSec < 0.5) {
        overlaps += 1
        longestSec = Math.max(longestSec, overlapSec)
      }
      if (-overlapSec > GAP_SEC) hasGaps = true
      expectedSec = sec + lengthSec
    },
    /** An edit list leaves out what comes here. */
    breakOff: (): void => {
      if (!Number.isNaN(expectedSec)) expectedSec = -Infinity
    },
    /** Between packets there are times without sound. */
    hasGaps: (): boolean => hasGaps,
    /** The longest overlap in seconds; 0: the times do not vary. */
    jitterSec: (): number => (overlaps >= MANY ? longestSec : 0),
  }
}
