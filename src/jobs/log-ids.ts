import { AsyncLocalStorage } from 'node:async_hooks'

/** What the lines of a log belong to: a request, or an attempt of an activity. */
export interface LogIds {
  readonly requestId?: string
  readonly jobId?: string
  readonly workflowId?: string
  readonly activity?: string
  readonly attempt?: number
}

const current = new AsyncLocalStorage<LogIds>()

/** Every line that is logged meanwhile has these ids, however deep in the code. */
export function withLogIds<Result>(ids: LogIds, work: () => Result): Result {
  return current.run(ids, work)
}

export function currentLogIds(): LogIds {
  return current.getStore() ?? {}
}
