import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { NewJob } from '../../../src/jobs/ports/repositories.js'
import { newPass, newPlan } from '../../support/records.js'
import { newOutput, startJob, useDatabase } from '../fixtures.js'

const { repositories } = useDatabase()

const ATTEMPT = { number: 1, worker: 'worker-1' }

async function progressOf(job: NewJob): Promise<number | undefined> {
  return (await repositories().jobs.getById(job.id))?.progress
}

describe('progress', () => {
  test('weighs passes by their cost, rounds down, and stays at 99 until the end', async () => {
    const { passes } = repositories()
    const job = await startJob(repositories(), newPlan([newPass('large', 3), newPass('small', 1)]))
    await passes.begin(job.id, 'large', ATTEMPT)
    await passes.begin(job.id, 'small', ATTEMPT)

    await passes.report(job.id, 'large', ATTEMPT, { done: 0.5, speed: 1.5 })
    expect(await progressOf(job)).toBe(37)
    await passes.report(job.id, 'small', ATTEMPT, { done: 1, speed: 4 })
    expect(await progressOf(job)).toBe(62)
    await passes.report(job.id, 'large', ATTEMPT, { done: 1, speed: 1.5 })
    expect(await progressOf(job)).toBe(99)
    expect(await passes.list(job.id)).toMatchObject([
      { name: 'large', progress: 1, speed: 1.5 },
      { name: 'small', progress: 1, speed: 4 },
    ])
  })

  test('counts a completed pass whole', async () => {
    const { passes } = repositories()
    const job = await startJob(repositories(), newPlan([newPass('a', 1), newPass('b', 1)]))
    await passes.begin(job.id, 'a', ATTEMPT)
    await passes.report(job.id, 'a', ATTEMPT, { done: 0.2, speed: null })
    await passes.complete(job.id, 'a', [newOutput(job, 'a')])
    expect(await progressOf(job)).toBe(50)
  })

  test('does not fall when an attempt starts again', async () => {
    const { passes } = repositories()
    const job = await startJob(repositories(), newPlan([newPass('a', 1)]))
    await passes.begin(job.id, 'a', ATTEMPT)
    await passes.report(job.id, 'a', ATTEMPT, { done: 0.8, speed: 1 })
    await passes.fail(job.id, 'a', ATTEMPT, 'ffmpeg-stalled')
    const second = { number: 2, worker: 'w' }
    await passes.begin(job.id, 'a', second)
    await passes.report(job.id, 'a', second, { done: 0.1, speed: 1 })

    expect(await progressOf(job)).toBe(80)
    expect(await passes.list(job.id)).toMatchObject([{ progress: 0.8 }])
  })

  test.each([-1, Number.NaN, Number.NEGATIVE_INFINITY])('takes a position of %s for none', async (done) => {
    const { passes } = repositories()
    const job = await startJob(repositories(), newPlan([newPass('a', 1)]))
    await passes.begin(job.id, 'a', ATTEMPT)
    await passes.report(job.id, 'a', ATTEMPT, { done, speed: Number.POSITIVE_INFINITY })
    expect(await passes.list(job.id)).toMatchObject([{ progress: 0, speed: null }])
  })

  test('survives a plan whose passes cost nothing', async () => {
    const { passes } = repositories()
    const job = await startJob(repositories(), newPlan([newPass('a', 0)]))
    await passes.begin(job.id, 'a', ATTEMPT)
    await passes.report(job.id, 'a', ATTEMPT, { done: 0.5, speed: 1 })
    expect(await progressOf(job)).toBe(0)
  })

  test('never falls, whatever is reported and in whatever order', async () => {
    const { passes } = repositories()
    const report = fc.record({
      name: fc.constantFrom('a', 'b', 'c'),
      done: fc.double({ min: -0.5, max: 1.5, noNaN: true }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(report, { minLength: 1, maxLength: 12 }), async (reports) => {
        const plan = newPlan([newPass('a', 1), newPass('b', 2.5), newPass('c', 0.1)])
        const job = await startJob(repositories(), plan)
        for (const name of ['a', 'b', 'c']) await passes.begin(job.id, name, ATTEMPT)
        let last = 0
        for (const { name, done } of reports) {
          await passes.report(job.id, name, ATTEMPT, { done, speed: 1 })
          const now = (await progressOf(job)) ?? -1
          expect(now).toBeGreaterThanOrEqual(last)
          expect(now).toBeLessThanOrEqual(99)
          last = now
        }
      }),
      { numRuns: 15, examples: [[[{ name: 'c', done: 5e-324 }]]] },
    )
  })

  test('never falls while passes report, fail, begin and complete at the same time', async () => {
    const { jobs, passes } = repositories()
    const names = ['a', 'b', 'c', 'd']
    const job = await startJob(repositories(), newPlan(names.map((name, index) => newPass(name, index + 1))))
    let isRunning = true
    const seen: number[] = []
    const watch = async () => {
      while (isRunning) seen.push((await progressOf(job)) ?? -1)
    }
    const run = async (name: string) => {
      for (let number = 1; number <= 3; number += 1) {
        const attempt = { number, worker: 'w' }
        await passes.begin(job.id, name, attempt)
        for (let step = 0; step <= 5; step += 1) {
          await passes.report(job.id, name, attempt, { done: step / (8 - number), speed: 1 })
        }
        if (number < 3) await passes.fail(job.id, name, attempt, 'ffmpeg-crashed')
      }
      await passes.complete(job.id, name, [newOutput(job, name)])
    }
    const watching = watch()
    await Promise.all(names.map(run))
    isRunning = false
    await watching

    expect(seen).toEqual(seen.toSorted((one, other) => one - other))
    expect(await progressOf(job)).toBe(99)
    await jobs.finish(job.id, { status: 'completed', errorCode: null, errorMessage: null })
    expect(await progressOf(job)).toBe(100)
  })
})
