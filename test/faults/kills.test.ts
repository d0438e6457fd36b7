import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { MAX_FAILURES } from '../../activities/failure.js'
import { type Platform, startPlatform } from '../e2e/support/platform.js'
import { createRandom } from '../support/random.js'
import { inForm, SEED } from './support/form.js'
import { createInsistentClient } from './support/insistent-client.js'
import { describeKills, explainedBy, killOne, type Victim, VICTIMS } from './support/killer.js'
import { makeSources, type Promised, type Source, submitRandom, uploadSources } from './support/load.js'
import { expectNothingLost } from './support/nothing-lost.js'
import { processesOf } from './support/services.js'
import { waitForRoom } from './support/wait-for-room.js'

const KILLS = inForm(10, 100)
/** Clients that submit side by side, each one job after another. */
const CLIENTS = 2
/**
 * Long enough that all services run at the same time now and then, although their restarts are delayed more and more.
 */
const PAUSE_SEC = { min: 0.2, max: inForm(4, 8) }

describe('SIGKILL at random moments', () => {
  let platform: Platform
  afterEach(() => platform.destroy())

  test(
    `loses nothing: ${KILLS} kills, seed ${SEED}`,
    async () => {
      platform = await startPlatform({ env: { LOG_LEVEL: 'warn' } })
      const client = createInsistentClient(platform.apiUrl)
      const clips = await makeSources(platform.dataDir)
      const { sources, promised } = await uploadSources(client, clips, 'first')
      const [first, ...others] = sources
      if (!first) throw new Error('there is no source')

      let isOver = false
      const submitting = Promise.allSettled(
        Array.from({ length: CLIENTS }, async (_, number) => {
          const random = createRandom(SEED + 1 + number)
          const mine: Promised[] = []
          for (let index = 0; !isOver; index += 1) {
            await waitForRoom(platform, () => isOver)
            const known: [Source, ...Source[]] = [first, ...others]
            mine.push(await submitRandom(client, random, known, `client-${number}-${index}`))
            if (random.chance(0.2)) {
              const clip = random.pick([clips[0], clips[1]])
              if (clip)
                mine.push(...(await uploadSources(client, [clip], `again-${number}-${index}`)).promised)
            }
            await delay(random.between(200, inForm(2500, 4000)))
          }
          return mine
        }),
      )
      const kills = await killMany().finally(() => {
        isOver = true
      })
      const loads = await submitting
      const accepted = [
        ...promised,
        ...loads.flatMap((load) => (load.status === 'fulfilled' ? load.value : [])),
      ]
      const outcome = await expectNothingLost(platform, accepted, explainedBy(kills))
      console.log(`seed ${SEED}: killed ${describeKills(kills)}; ${JSON.stringify(outcome)}`)
      // Whatever was refused had one of the reasons that were just checked.
      for (const load of loads) expect(load).toMatchObject({ status: 'fulfilled' })
      expect(outcome.completed).toBeGreaterThan(0)
      // A pass is given up after this many crashes, and only the kills make ffmpeg crash.
      expect(outcome.failed * MAX_FAILURES).toBeLessThanOrEqual(kills.ffmpeg)
      const { dataDir } = platform
      await platform.stop()
      expect(await processesOf(dataDir)).toEqual([])
    },
    inForm(600_000, 3_600_000),
  )

  /** Each kind of victim has its turn; after that, victim and time are drawn. */
  async function killMany(): Promise<Record<Victim, number>> {
    const random = createRandom(SEED)
    const kills = { worker: 0, ffmpeg: 0, api: 0, temporal: 0, postgres: 0 }
    for (let drawn = 0, done = 0; done < KILLS; drawn += 1) {
      await delay(1000 * random.between(PAUSE_SEC.min, PAUSE_SEC.max))
      const victim = VICTIMS[drawn] ?? random.pick(VICTIMS)
      const isKilled = await killOne(platform, victim, random)
      // There may be no ffmpeg for a while, but a service that does not come back is lost.
      if (victim !== 'ffmpeg') expect(isKilled, `a ${victim} to kill`).toBe(true)
      if (!isKilled) continue
      kills[victim] += 1
      done += 1
    }
    return kills
  }
})
