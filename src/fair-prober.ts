import { type FairLimits, FairQueue } from './children/fair-queue.js'
import type { Owner } from './jobs/model.js'
import type { MediaProber } from './jobs/ports/prober.js'

/**
 * Files of all owners are read in turns, so that who sends many waits for himself.
 * @returns the prober of an owner, which also throws `rate-limited` when too many of his files wait
 */
export function createFairProber(prober: MediaProber, limits: FairLimits): (owner: Owner) => MediaProber {
  const queue = new FairQueue(limits)
  return (owner) => ({
    probe: (path) => queue.run(owner, () => prober.probe(path)),
    measure: (path, facts) => queue.run(owner, () => prober.measure(path, facts)),
    readText: (path, facts, text) => queue.run(owner, () => prober.readText(path, facts, text)),
  })
}
