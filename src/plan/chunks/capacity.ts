/** The workers that a job can be spread over. */
export interface Capacity {
  /** Passes that run at once, on all of them together. */
  readonly slots: number
  readonly threadsPerSlot: number
  /** Storage key, ending with `/`, below which what the passes make belongs until it is joined. */
  readonly partPrefix: string
}
