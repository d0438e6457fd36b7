import { GRACE_HOURS } from './judge-leftover.js'

/** Between two looks: more is no drift. */
const MAX_GAIN_MS = 60_000

const REST_MS = GRACE_HOURS * 3_600_000

export interface Clocks {
  /** The time of day, by which files are stamped. May jump. */
  readonly wallMs: () => number
  /** The time that goes by. */
  readonly steadyMs: () => number
}

const CLOCKS: Clocks = { wallMs: () => Date.now(), steadyMs: () => performance.now() }

/**
 * Tells whether the time of day is fit for telling how old files are. When it jumps ahead, what was written a moment
 * before looks old; so it is not for an hour, in which whatever is in use is written to again. When it jumps back
 * things look younger than they are, which removes nothing too early. Each look compares with the one before, the first
 * with the moment in which the watch was made.
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
