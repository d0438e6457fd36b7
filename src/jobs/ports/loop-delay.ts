/** How long other work of the process kept events waiting, in milliseconds. */
export interface LoopDelay {
  /** 99 of 100 waited no longer. */
  readonly p99Ms: number
  readonly maxMs: number
}
