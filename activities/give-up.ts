import { AppError } from '../src/errors.js'
import type { Attempts } from './attempts.js'

/** After so many deaths of their workers, the attempts of a step run alone. */
const SUSPECT_DEATHS = 2

/** Deaths of workers on which nothing else ran, after which the step is given up. */
const MAX_DEATHS_ALONE = 3

/**
 * Deaths after which a step is given up whoever's doing they are. A storm of restarts gives a step one at most in each
 * heartbeat timeout, so that these take a quarter of an hour at least.
 */
const MAX_DEATHS = 20

export function isSuspect({ deaths }: Attempts): boolean {
  return deaths >= SUSPECT_DEATHS
}

/** @throws AppError `worker-lost` when workers have died of a step too often */
export function requireSurvival({ deaths, deaths_alone: alone }: Attempts): void {
  if (alone < MAX_DEATHS_ALONE && deaths < MAX_DEATHS) return
  throw new AppError(
    'worker-lost',
    `The worker died, or stood still, ${deaths} times while it ran a step of this job. ` +
      'Its files or its edit need more than the worker has, or ask an operator what else stops the workers.',
  )
}
