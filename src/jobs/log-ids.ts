import { AsyncLocalStorage } from 'node:async_hooks'

/** The request or the activity attempt that log lines belong to. */
export interface LogIds {
  readonly requestId?: string
  readonly jobId?: string
  readonly workflowId?: string
  readonly activity?: string
  readonly attempt?: number
}

const current = new AsyncLocalStorage<LogIds>()

/** Runs the work so that every line that it logs, however deep in the code, has these ids. */
export function withLogIds<Result>(ids: LogIds, work: () => Result): Result {
  return current.run(ids, work)
}

export function currentLogIds(): LogIds {
  return current.getStore() ?? {}
}
