import { setTimeout as delay } from 'node:timers/promises'
import type { Platform } from '../../e2e/support/platform.js'
import { unfinishedJobs } from './rows.js'

/** Clients wait while more jobs than this have not ended, so that delays by kills are not buried under new work. */
const MAX_UNFINISHED = 8
const LOOK_MS = 500

/** An unavailable database is no reason to wait, since refusals by it are part of the load. */
export async function waitForRoom(platform: Platform, isOver: () => boolean): Promise<void> {
  while (!isOver() && (await unfinishedJobs(platform).catch(() => 0)) >= MAX_UNFINISHED) {
    await delay(LOOK_MS)
  }
}
