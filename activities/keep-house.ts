import { createClockWatch } from '../src/jobs/housekeeping/clock-watch.js'
import { keepHouse, type Removed } from '../src/jobs/housekeeping/keep-house.js'
import type { ActivityDeps } from './deps.js'

/** Rests while the clock makes files look older than they are: null. */
export function createKeepHouse(deps: ActivityDeps, canTellAges = createClockWatch()) {
  return async function keepHouseNow(): Promise<Removed | null> {
    if (canTellAges()) return keepHouse(deps)
    deps.log.warn(
      'the clock has jumped ahead, or the machine slept: nothing is removed for its age for an hour',
    )
    return null
  }
}
