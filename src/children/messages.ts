import type { Outcome } from './outcome.js'

/** The tasks of a child process, by name. */
export type TaskTable = Readonly<Record<string, (input: never) => Promise<Outcome<unknown>>>>

/** What a child is asked. It gets one task at a time. */
export interface Request {
  readonly name: string
  readonly input: unknown
}

/** What a child says. */
export type Reply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly outcome: Outcome<unknown> }
  /** A mistake of the code. */
  | { readonly kind: 'broken'; readonly error: unknown }

/** The exit code of a child that was refused memory outside of its heap. No other end of Node has it. */
export const NO_MEMORY = 71
