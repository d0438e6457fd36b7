import { type FairLimits, FairQueue } from './children/fair-queue.js'
import type { Owner } from './jobs/model.js'
import type { MediaProber } from './jobs/ports/prober.js'
import { yieldingIf } from './media/process/yielding.js'

/**
 * Files of all owners are read in turns, so that who sends many waits for himself. Beside his first one, his others get
 * only the time of the processors that nobody else wants.
 * @returns the prober of an owner, which also throws `rate-limited` when too many of his files wait
 */
export function createFairProber(prober: MediaProber, limits: FairLimits): (owner: Owner) => MediaProber {
  const queue = new FairQueue(limits)
  return (owner) => {
    const inTurn = <Result>(read: () => Promise<Result>) =>
      queue.run(owner, (isFurther) => yieldingIf(isFurther, read))
    return {
      probe: (path) => inTurn(() => prober.probe(path)),
      measure: (path, facts) => inTurn(() => prober.measure(path, facts)),
      readText: (path, facts, text) => inTurn(() => prober.readText(path, facts, text)),
    }
  }
}
