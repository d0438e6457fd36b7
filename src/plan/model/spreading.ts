/** The workers that make the parts of a job. */
export interface PartWorkers {
  /** Passes that run at once, on all workers together; 1 or more. */
  readonly slots: number
  readonly threadsPerSlot: number
  /** Storage key, ending with `/`, below which parts are stored until they are joined. */
  readonly partPrefix: string
}

/** How far a job is split into passes. */
export type Spreading =
  /** Every rendition is one pass. */
  | { readonly kind: 'whole' }
  /** What can be copied from the source is copied. Nothing is cut into chunks. */
  | { readonly kind: 'copies'; readonly partPrefix: string }
  /** What can be copied is copied. The rest is cut into chunks where that is worth it. */
  | ({ readonly kind: 'chunks' } & PartWorkers)

/** Without chunks, one slot encodes what lies between copied pieces. */
export function partWorkers(spreading: Exclude<Spreading, { readonly kind: 'whole' }>): PartWorkers {
  const { partPrefix } = spreading
  if (spreading.kind === 'copies') return { slots: 1, threadsPerSlot: 1, partPrefix }
  return { slots: spreading.slots, threadsPerSlot: spreading.threadsPerSlot, partPrefix }
}

/** A `Spreading` in the form in which plans are stored. null: `whole`; 0 slots: `copies`. */
export type StoredCapacity = PartWorkers | null

export function toCapacity(spreading: Spreading): StoredCapacity {
  if (spreading.kind === 'whole') return null
  const workers = partWorkers(spreading)
  return spreading.kind === 'copies' ? { ...workers, slots: 0 } : workers
}

export function fromCapacity(capacity: StoredCapacity): Spreading {
  if (capacity === null) return { kind: 'whole' }
  const { partPrefix } = capacity
  return capacity.slots === 0 ? { kind: 'copies', partPrefix } : { kind: 'chunks', ...capacity }
}
