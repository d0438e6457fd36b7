import { setTimeout as delay } from 'node:timers/promises'
import type { Platform } from '../../e2e/support/platform.js'
import { ffmpegBelow } from '../../e2e/support/processes.js'
import type { Random } from '../../support/random.js'
import type { Explained } from './nothing-lost.js'
import { findService, signal } from './services.js'

export const VICTIMS = ['worker', 'ffmpeg', 'api', 'temporal', 'postgres'] as const
export type Victim = (typeof VICTIMS)[number]

export type Kills = Readonly<Record<Victim, number>>

/** How often to look for a victim; each may be dead at the moment, and ffmpeg runs only now and then. */
const LOOK_MS = 20
const LOOK_LIMIT_MS = 15_000

/** Sends SIGKILL to one that lives. Returns whether there was one. */
export async function killOne(platform: Platform, victim: Victim, random: Random): Promise<boolean> {
  const deadline = performance.now() + LOOK_LIMIT_MS
  while (performance.now() < deadline) {
    const pid = await findVictim(platform, victim, random)
    if (pid !== null && signal(pid, 'SIGKILL')) return true
    await delay(LOOK_MS)
  }
  return false
}

async function findVictim(platform: Platform, victim: Victim, random: Random): Promise<number | null> {
  if (victim !== 'ffmpeg') return findService(platform, victim)
  const [first, ...others] = await ffmpegBelow(platform.dataDir)
  return first === undefined ? null : random.pick([first, ...others])
}

export function describeKills(kills: Kills): string {
  return VICTIMS.map((victim) => `${victim} ${kills[victim]}`).join(', ')
}

/**
 * What kills explain: passes whose ffmpeg died too often, and attempts of a dead service that do not know their job's
 * end.
 */
export function explainedBy({ ffmpeg, ...services }: Kills): Explained {
  const lateJobs = Object.values(services).reduce((sum, count) => sum + count, 0)
  return { codes: ffmpeg > 0 ? ['ffmpeg-crashed'] : [], lateJobs }
}
