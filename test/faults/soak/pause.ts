import { setTimeout as delay } from 'node:timers/promises'

/** Waits, but not beyond the end of the load. */
export async function pause(ms: number, over: AbortSignal): Promise<void> {
  await delay(Math.max(0, ms), undefined, { signal: over }).catch(() => undefined)
}
