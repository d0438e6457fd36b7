import { createClockWatch } from '../src/jobs/housekeeping/clock-watch.js'
import { keepHouse, type Removed } from '../src/jobs/housekeeping/keep-house.js'
import type { ActivityDeps } from './deps.js'

/** Returns null and removes nothing for an hour after the clock has jumped ahead, since files look too old then. */
export function createKeepHouse(deps: ActivityDeps, canTellAges = createClockWatch()) {
  return async function keepHouseNow(): Promise<Removed | null> {
    if (canTellAges()) return keepHouse(deps)
    deps.log.warn(
      'the clock has jumped ahead, or the machine slept: nothing is removed for its age for an hour',
    )
    return null
  }
}
