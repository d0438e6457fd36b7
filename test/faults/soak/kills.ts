import type { Platform } from '../../e2e/support/platform.js'
import { createRandom } from '../../support/random.js'
import { SEED } from '../support/form.js'
import { killOne, type Victim, VICTIMS } from '../support/killer.js'
import { KILL_EVERY_MS } from './form.js'
import { pause } from './pause.js'

/** One in each stretch of time, at a moment that is drawn; each kind has its turn, then the next is drawn, too. */
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
    // For a while no ffmpeg may run; a service that does not come back is lost.
    else if (victim !== 'ffmpeg') throw new Error(`there is no ${victim} to kill`)
  }
}
