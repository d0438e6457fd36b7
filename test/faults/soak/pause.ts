import { setTimeout as delay } from 'node:timers/promises'

/** Waits, but not beyond the end of the load. Returns whether the load goes on. */
export async function pause(ms: number, over: AbortSignal): Promise<boolean> {
  await delay(Math.max(0, ms), undefined, { signal: over }).catch(() => undefined)
  return !over.aborted
}
