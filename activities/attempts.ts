import { activityInfo, Context } from '@temporalio/activity'

/**
 * What the attempts of an activity have come to. Each tells it to the next one in its heartbeats, which Temporal keeps
 * even when the worker dies, and shows to operators.
 */
export interface Attempts {
  /** How often the work itself has failed. Outages do not count. */
  readonly failures: number
  /** Attempts that ended without a word: their worker died, or it stood still until their time was up. */
  readonly deaths: number
  /** Those of them during which no other work ran on the worker. */
  readonly deaths_alone: number
  /** How the attempt runs; null: it waits for its turn, or has ended and said so. */
  readonly runs: 'together' | 'alone' | null
  /** Since when attempts fail because something is unavailable, as ISO 8601; null: the last one did not. */
  readonly waiting_since: string | null
}

const NONE: Attempts = { failures: 0, deaths: 0, deaths_alone: 0, runs: null, waiting_since: null }

const CURRENT = new WeakMap<Context, Attempts>()

/** With this attempt, as its heartbeats tell it. */
export function currentAttempts(): Attempts {
  const context = Context.current()
  const known = CURRENT.get(context) ?? { ...attemptsBefore(), runs: 'together' }
  CURRENT.set(context, known)
  return known
}

/** Changes what the heartbeats tell, and sends one at once. */
export function noteAttempt(change: Partial<Attempts>): Attempts {
  const context = Context.current()
  const changed = { ...currentAttempts(), ...change }
  CURRENT.set(context, changed)
  // A local activity has one attempt and no heartbeats.
  if (!context.info.isLocal) context.heartbeat(changed)
  return changed
}

/** An attempt whose last heartbeat says that it runs has died. */
function attemptsBefore(): Attempts {
  const last = readAttempts(activityInfo().heartbeatDetails)
  return {
    ...last,
    deaths: last.deaths + (last.runs === null ? 0 : 1),
    deaths_alone: last.deaths_alone + (last.runs === 'alone' ? 1 : 0),
    runs: null,
  }
}

/** Attempts of older versions told the failures alone, or nothing. */
function readAttempts(details: unknown): Attempts {
  if (typeof details !== 'object' || details === null) return NONE
  const told: { readonly [Name in keyof Attempts]?: unknown } = details
  return {
    failures: toCount(told.failures),
    deaths: toCount(told.deaths),
    deaths_alone: toCount(told.deaths_alone),
    runs: told.runs === 'together' || told.runs === 'alone' ? told.runs : null,
    waiting_since: typeof told.waiting_since === 'string' ? told.waiting_since : null,
  }
}

function toCount(value: unknown): number {
  return typeof value === 'number' ? value : 0
}
