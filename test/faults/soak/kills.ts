import type { Platform } from '../../e2e/support/platform.js'
import { createRandom } from '../../support/random.js'
import { SEED } from '../support/form.js'
import { killOne, type Victim, VICTIMS } from '../support/killer.js'
import { KILL_EVERY_MS } from './form.js'
import { pause } from './pause.js'

/** Kills one process in each interval, at a random moment: first one of each kind in turn, then random ones. */
export async function killInTurn(
  platform: Platform,
  kills: Record<Victim, number>,
  over: AbortSignal,
): Promise<void> {
  const random = createRandom(SEED)
  const since = performance.now()
  for (let turn = 0; !over.aborted; turn += 1) {
    const at = since + (turn + random.between(0.1, 0.9)) * KILL_EVERY_MS
    const victim = VICTIMS[turn] ?? random.pick(VICTIMS)
    if (!(await pause(at - performance.now(), over))) return
    const isKilled = await killOne(platform, victim, random)
    if (isKilled) kills[victim] += 1
    // There may be no ffmpeg for a while, but a service that does not come back is lost.
    else if (victim !== 'ffmpeg') throw new Error(`there is no ${victim} to kill`)
  }
}
