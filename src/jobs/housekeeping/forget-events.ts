import type { JobsDeps } from '../deps.js'

/**
 * Receivers that were away ask for what they have missed for three days, and a delivery is tried for as long; a day is
 * to spare.
 */
const KEPT_MS = 96 * 3_600_000

/** More of them wait for the next round. */
const BATCH = 50_000

/** Removes the events that nobody can ask for any more. Returns how many. */
export async function forgetEvents(
  { repositories }: Pick<JobsDeps, 'repositories'>,
  now: Date,
): Promise<number> {
  return repositories.events.removeBefore(new Date(now.getTime() - KEPT_MS), BATCH)
}
