/** A stream ends after this time, and its client comes again: with a key or link that is still valid. */
const MAX_AGE_MS = 3_600_000

/** Tells whether a stream that begins now has come to its end. @param now milliseconds */
export function createAge(now = () => performance.now()): () => boolean {
  const endMs = now() + MAX_AGE_MS
  return () => now() >= endMs
}
