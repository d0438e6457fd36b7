/** The workers that a job can be spread over. */
export interface Capacity {
  /** Passes that run at once, on all of them together; 0: nothing is cut into chunks. */
  readonly slots: number
  readonly threadsPerSlot: number
  /** Storage key, ending with `/`, below which what the passes make belongs until it is joined. */
  readonly partPrefix: string
}

/** Of a job that is not cut into chunks: what can be copied still is. */
export function unspread(partPrefix: string): Capacity {
  return { slots: 0, threadsPerSlot: 1, partPrefix }
}
