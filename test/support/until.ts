import { setTimeout as delay } from 'node:timers/promises'

const POLL_MS = 20

/** Waits, within a time limit, for something that gives no event, such as the end of a process that is not ours. */
export async function until(
  what: string,
  holds: () => Promise<boolean> | boolean,
  limitMs = 10_000,
): Promise<void> {
  const deadline = performance.now() + limitMs
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`waited ${limitMs} ms in vain until ${what}`)
    await delay(POLL_MS)
  }
}
