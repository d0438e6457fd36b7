import type { JobsDeps } from '../deps.js'
import { deliverSoon } from './webhooks.js'

type PumpDeps = Pick<JobsDeps, 'repositories' | 'orchestrator' | 'log'>

const INTERVAL_MS = 1_000

/** Events that one transaction takes. */
const BATCH = 500

/** Attempts that are late by this have no workflow: it was not started, or Temporal has lost its data. */
const OVERDUE_MS = 20_000

/** Between two looks for such attempts; the first is taken at once. */
const OVERDUE_LOOK_MS = 30_000

/** Makes the deliveries of new events, and has them begin. */
export async function pumpEvents(deps: PumpDeps): Promise<void> {
  for (;;) {
    const { events, webhooks } = await deps.repositories.deliveries.fanOut(BATCH)
    for (const webhook of webhooks) await deliverSoon(deps, webhook)
    if (events < BATCH) return
  }
}

/** Has attempts begin that are overdue. */
export async function beginOverdue(deps: PumpDeps, now = new Date()): Promise<void> {
  const before = new Date(now.getTime() - OVERDUE_MS)
  for (const webhook of await deps.repositories.deliveries.listOverdue(before)) {
    await deliverSoon(deps, webhook)
  }
}

/**
 * Moves events from the outbox to the endpoints until it is stopped. Every worker has such a pump: they share the work,
 * and one that dies is not missed. Returns a function that stops it and resolves when it rests.
 */
export function startEventPump(deps: PumpDeps, intervalMs = INTERVAL_MS): () => Promise<void> {
  let isStopped = false
  let isAway = false
  let lookedMs = -Infinity
  const round = async () => {
    try {
      await pumpEvents(deps)
      if (performance.now() - lookedMs >= OVERDUE_LOOK_MS) {
        await beginOverdue(deps)
        lookedMs = performance.now()
      }
      if (isAway) deps.log.info('events are delivered again')
      isAway = false
    } catch (error) {
      if (!isAway) deps.log.warn({ err: error }, 'events cannot be delivered, will keep trying')
      isAway = true
    }
  }
  let running = round()
  const timer = setInterval(() => {
    running = running.then(() => (isStopped ? undefined : round()))
  }, intervalMs)
  return async () => {
    isStopped = true
    clearInterval(timer)
    await running
  }
}
