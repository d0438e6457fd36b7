import { AppError, type ErrorCode, type FieldIssue } from '../errors.js'

/** What a task in a child process has come to. Errors lose their class on the way, so that failures travel as data. */
export type Outcome<Value> =
  | { readonly ok: true; readonly value: Value }
  | {
      readonly ok: false
      readonly code: ErrorCode
      readonly message: string
      readonly issues: readonly FieldIssue[]
    }

/** Runs a task and catches the failures that have a code. Others are mistakes of the code and are thrown. */
export async function toOutcome<Value>(task: () => Promise<Value> | Value): Promise<Outcome<Value>> {
  try {
    return { ok: true, value: await task() }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const { code, message, issues } = error
    return { ok: false, code, message, issues }
  }
}

/** @throws AppError the failure of the task */
export function fromOutcome<Value>(outcome: Outcome<Value>): Value {
  if (outcome.ok) return outcome.value
  throw new AppError(outcome.code, outcome.message, { issues: outcome.issues })
}
