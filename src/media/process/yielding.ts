import { AsyncLocalStorage } from 'node:async_hooks'

const yielding = new AsyncLocalStorage<true>()

/** Runs work of which all media processes yield to others, however deep it starts them. */
export function whileYielding<Result>(work: () => Promise<Result>): Promise<Result> {
  return yielding.run(true, work)
}

/** Beside the first work of an owner, further work of his yields. */
export function yieldingIf<Result>(isFurther: boolean, work: () => Promise<Result>): Promise<Result> {
  return isFurther ? whileYielding(work) : work()
}

export function isYielding(): boolean {
  return yielding.getStore() ?? false
}
