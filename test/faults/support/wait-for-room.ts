import { setTimeout as delay } from 'node:timers/promises'
import type { Platform } from '../../e2e/support/platform.js'
import { unfinishedJobs } from './rows.js'

/** Jobs that have not ended, beyond which clients wait: what kills delay is not to be buried under what comes after. */
const MAX_UNFINISHED = 8
const LOOK_MS = 500

/** A database that is away is no reason to wait: to be refused by it is part of the load. */
export async function waitForRoom(platform: Platform, isOver: () => boolean): Promise<void> {
  while (!isOver() && (await unfinishedJobs(platform).catch(() => 0)) >= MAX_UNFINISHED) {
    await delay(LOOK_MS)
  }
}
