import { AsyncLocalStorage } from 'node:async_hooks'

const yielding = new AsyncLocalStorage<true>()

/** Runs work of which all media processes yield to others, however deep it starts them. */
export function whileYielding<Result>(work: () => Promise<Result>): Promise<Result> {
  return yielding.run(true, work)
}

export function isYielding(): boolean {
  return yielding.getStore() ?? false
}
