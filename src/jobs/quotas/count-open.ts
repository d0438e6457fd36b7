import type { AppError } from '../../errors.js'
import type { Owner } from '../model.js'

/** Counts what each owner has open in this process. */
export interface OpenCounts {
  /** Returns a function that takes it off again; further calls of that do nothing. */
  enter(owner: Owner): () => void
  count(owner: Owner): number
}

/** @param refuse makes the error for an owner who has `limit` open already; null: no limit */
export function countOpen(limit: number | null, refuse: (limit: number) => AppError): OpenCounts {
  const open = new Map<Owner, number>()
  const count = (owner: Owner) => open.get(owner) ?? 0
  return {
    count,
    enter(owner) {
      if (limit !== null && count(owner) >= limit) throw refuse(limit)
      open.set(owner, count(owner) + 1)
      let isIn = true
      return () => {
        if (!isIn) return
        isIn = false
        const others = count(owner) - 1
        if (others > 0) open.set(owner, others)
        else open.delete(owner)
      }
    },
  }
}
