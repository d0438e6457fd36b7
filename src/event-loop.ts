import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { LoopDelay } from './jobs/ports/loop-delay.js'

const WINDOW_MS = 60_000
/** The histogram counts the time between two of its timers, which is this when nothing else runs. */
const RESOLUTION_MS = 10

/** Watches how long other work keeps events of this process waiting. Returns what was seen in the last one to two minutes. */
export function watchEventLoop(): () => LoopDelay {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  histogram.enable()
  let before: LoopDelay = { p99Ms: 0, maxMs: 0 }
  const current = (): LoopDelay => ({ p99Ms: toMs(histogram.percentile(99)), maxMs: toMs(histogram.max) })
  setInterval(() => {
    before = current()
    histogram.reset()
  }, WINDOW_MS).unref()
  return () => {
    const now = current()
    return { p99Ms: Math.max(before.p99Ms, now.p99Ms), maxMs: Math.max(before.maxMs, now.maxMs) }
  }
}

function toMs(nanoseconds: number): number {
  return Math.max(0, Math.round(nanoseconds / 1e6) - RESOLUTION_MS)
}
