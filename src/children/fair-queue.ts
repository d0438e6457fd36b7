import { AppError } from '../errors.js'

export interface FairLimits {
  /** How much work runs at once. */
  readonly places: number
  /** How much work of one owner may wait. */
  readonly waitingPerOwner: number
}

/**
 * Starts the work of many owners, each owner in turn, so that one who sends much waits for himself. One place is always
 * left to the others, where there is more than one.
 */
export class FairQueue {
  readonly #limits: FairLimits
  /** What waits, by owner. The owner whose turn is next comes first. */
  readonly #waiting = new Map<string, ((isFurther: boolean) => void)[]>()
  readonly #running = new Map<string, number>()

  constructor(limits: FairLimits) {
    this.#limits = limits
  }

  /**
   * @param work is told whether other work of the owner runs already
   * @param signal ends the waiting; the work itself looks at it, too
   * @throws AppError `rate-limited` when too much of the owner's work waits; the signal's reason after an abort
   */
  async run<Result>(
    owner: string,
    work: (isFurther: boolean) => Promise<Result>,
    signal?: AbortSignal,
  ): Promise<Result> {
    signal?.throwIfAborted()
    const isFurther = await this.#turn(owner, signal)
    try {
      return await work(isFurther)
    } finally {
      this.#count(owner, -1)
      this.#startNext()
    }
  }

  /** @returns whether other work of the owner runs then */
  #turn(owner: string, signal?: AbortSignal): Promise<boolean> {
    const waiting = this.#waiting.get(owner) ?? []
    if (waiting.length >= this.#limits.waitingPerOwner) {
      const message = `${waiting.length} requests of this client wait to be checked. Send fewer at once.`
      return Promise.reject(new AppError('rate-limited', message))
    }
    if (waiting.length === 0 && this.#hasPlace(owner)) {
      return Promise.resolve(this.#count(owner, 1) > 1)
    }
    return new Promise((resolve, reject) => {
      const start = (isFurther: boolean) => {
        signal?.removeEventListener('abort', giveUp)
        resolve(isFurther)
      }
      const giveUp = () => {
        this.#forget(owner, start)
        reject(signal?.reason as Error)
      }
      this.#waiting.set(owner, [...waiting, start])
      signal?.addEventListener('abort', giveUp, { once: true })
    })
  }

  #forget(owner: string, start: (isFurther: boolean) => void): void {
    const waiting = (this.#waiting.get(owner) ?? []).filter((other) => other !== start)
    if (waiting.length > 0) this.#waiting.set(owner, waiting)
    else this.#waiting.delete(owner)
  }

  #startNext(): void {
    const next = [...this.#waiting].find(([owner]) => this.#hasPlace(owner))
    if (!next) return
    const [owner, [start, ...rest]] = next
    // Deleted first: what is set again stands at the end.
    this.#waiting.delete(owner)
    if (rest.length > 0) this.#waiting.set(owner, rest)
    start?.(this.#count(owner, 1) > 1)
  }

  #hasPlace(owner: string): boolean {
    const { places } = this.#limits
    const all = [...this.#running.values()].reduce((sum, count) => sum + count, 0)
    return all < places && (this.#running.get(owner) ?? 0) < Math.max(1, places - 1)
  }

  #count(owner: string, change: 1 | -1): number {
    const count = (this.#running.get(owner) ?? 0) + change
    if (count > 0) this.#running.set(owner, count)
    else this.#running.delete(owner)
    return count
  }
}
