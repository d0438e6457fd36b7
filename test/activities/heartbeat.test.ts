import { expect, test } from 'vitest'
import { withBareHeartbeat } from '../../activities/heartbeat.js'
import { createInterceptor } from '../../activities/intercept.js'
import { createSolitude } from '../../activities/solitude.js'
import { createLog } from '../../src/log.js'
import { attempt } from './world.js'

/** The SDK holds each heartbeat back that follows another one sooner than this. */
const THROTTLE_MS = 500

test('work at which workers have died begins once Temporal must have heard that it runs alone', async () => {
  const environment = attempt(3, {
    interceptors: [createInterceptor(createLog('worker', 'silent'), 3_600_000)],
    heartbeatDetails: { deaths: 1, runs: 'together' },
  })
  const told: { readonly runs: string | null; readonly atMs: number }[] = []
  environment.on('heartbeat', ({ runs }: { runs: string | null }) =>
    told.push({ runs, atMs: performance.now() }),
  )
  const solitude = createSolitude()
  const beganMs = await environment.run<[], number, () => Promise<number>>(() =>
    withBareHeartbeat(solitude, () => Promise.resolve(performance.now())),
  )
  const alone = told.find(({ runs }) => runs === 'alone')
  expect(alone).toBeDefined()
  expect(beganMs - (alone?.atMs ?? 0)).toBeGreaterThan(THROTTLE_MS)
  // Waiting for its turn is no reason to count a death.
  expect(told.map(({ runs }) => runs).slice(0, 3)).toEqual(['together', null, 'alone'])
})
