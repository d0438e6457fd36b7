/** Finds something out once. A failure is not remembered: the next call tries again, because a shortage passes. */
export function remember<Value>(find: () => Promise<Value>): () => Promise<Value> {
  let found: Promise<Value> | undefined
  return () => {
    found ??= find().catch((error: unknown) => {
      found = undefined
      throw error
    })
    return found
  }
}

/**
 * Finds something out, and gives the same answer to all who ask meanwhile and until `keepMs` after it was found.
 * @param now milliseconds of a clock that does not go back
 */
export function rememberFor<Value>(
  keepMs: number,
  find: () => Promise<Value>,
  now: () => number = () => performance.now(),
): () => Promise<Value> {
  let found: Promise<Value> | undefined
  let untilMs = Infinity
  return () => {
    if (found && now() < untilMs) return found
    untilMs = Infinity
    found = find().finally(() => {
      untilMs = now() + keepMs
    })
    return found
  }
}
