import type { Store } from 'express-rate-limit'

interface Count {
  hits: number
  readonly endsAtMs: number
}

/**
 * Counts by key, in windows that begin with the key's first request. Unlike the library's own store, it does not use
 * the time of day: if the clock were set back by an hour, clients would be refused for an hour.
 */
export function createWindowStore(windowMs: number): Store {
  const counts = new Map<string, Count>()
  const forgetEnded = () => {
    for (const [key, { endsAtMs }] of counts) if (endsAtMs <= performance.now()) counts.delete(key)
  }
  const timer = setInterval(forgetEnded, windowMs)
  timer.unref()

  const countOf = (key: string): Count => {
    const known = counts.get(key)
    if (known && known.endsAtMs > performance.now()) return known
    const fresh = { hits: 0, endsAtMs: performance.now() + windowMs }
    counts.set(key, fresh)
    return fresh
  }
  return {
    localKeys: true,
    increment: (key) => {
      const count = countOf(key)
      count.hits += 1
      const leftMs = count.endsAtMs - performance.now()
      return { totalHits: count.hits, resetTime: new Date(Date.now() + leftMs) }
    },
    decrement: (key) => {
      const count = counts.get(key)
      if (count && count.hits > 0) count.hits -= 1
    },
    resetKey: (key) => {
      counts.delete(key)
    },
    shutdown: () => clearInterval(timer),
  }
}
