import { GRACE_HOURS } from './judge-leftover.js'

/** Largest difference between two looks that counts as drift. */
const MAX_GAIN_MS = 60_000

const REST_MS = GRACE_HOURS * 3_600_000

export interface Clocks {
  /** The time of day, which files are stamped with. It may jump. */
  readonly wallMs: () => number
  /** Time that passes evenly, from any start. */
  readonly steadyMs: () => number
}

const CLOCKS: Clocks = { wallMs: () => Date.now(), steadyMs: () => performance.now() }

/**
 * Returns a function that says whether the time of day can be used to tell how old files are. After a jump ahead,
 * files that were written a moment before look old, so it says no for an hour, in which everything in use is written
 * to again. After a jump back things look younger than they are, which removes nothing too early. Each call compares
 * with the one before, the first one with the moment in which the watch was made.
 */
export function createClockWatch({ wallMs, steadyMs }: Clocks = CLOCKS): () => boolean {
  const leadOfWall = () => wallMs() - steadyMs()
  let lead = leadOfWall()
  let restsUntilMs = -Infinity
  return () => {
    const before = lead
    lead = leadOfWall()
    if (lead - before > MAX_GAIN_MS) restsUntilMs = steadyMs() + REST_MS
    return steadyMs() >= restsUntilMs
  }
}
