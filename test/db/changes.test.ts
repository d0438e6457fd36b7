import { pino } from 'pino'
import { v7 as uuidv7 } from 'uuid'
import { expect, onTestFinished, test } from 'vitest'
import { createChanges } from '../../src/db/changes.js'
import { close, connectDatabase } from '../../src/db/database.js'
import { noteEvents, runOf } from '../../src/db/repositories/outbox.js'
import type { JobId, Owner, VideoId } from '../../src/jobs/model.js'
import { newPass, newPlan } from '../support/records.js'
import { newOutput, selectAll, startJob, useDatabase } from './fixtures.js'
import { openFlakyLink } from './flaky-link.js'

const { database, repositories } = useDatabase()

const SLOW = { timeout: 20_000 }
const ACME = 'acme' as Owner
const BRAVO = 'bravo' as Owner
const LISTENERS =
  "SELECT pid FROM pg_stat_activity WHERE application_name = 'cutroom-listener' AND datname = current_database()"

/** The changes as a process hears them, over a link that a test can cut. */
async function hear() {
  const link = await openFlakyLink(database().url)
  const pool = connectDatabase(link.url)
  const lines: string[] = []
  const changes = createChanges(pool, pino({ level: 'info' }, { write: (line) => lines.push(line) }))
  onTestFinished(async () => {
    await changes.close()
    await close(pool)
    await link.close()
  })
  const counted = (begin: (onChange: () => void) => () => void) => {
    const state = { calls: 0, stop: () => {} }
    state.stop = begin(() => (state.calls += 1))
    return state
  }
  const isHeard = () => lines.some((line) => line.includes('tells of changes'))
  return { link, changes, lines, counted, isHeard }
}

const note = (owner: Owner) =>
  database().sequelize.transaction((transaction) =>
    noteEvents(database(), transaction, owner, [
      runOf('job.started', {
        id: uuidv7() as JobId,
        videoId: uuidv7() as VideoId,
        type: 'edit',
        progress: 0,
      }),
    ]),
  )

test('who follows an owner is called for his events only, and costs no connection before there is one', async () => {
  const { changes, counted, isHeard } = await hear()
  expect(await selectAll(database(), LISTENERS)).toEqual([])
  const [acme, bravo] = [ACME, BRAVO].map((owner) => counted((call) => changes.followEvents(owner, call)))
  if (!acme || !bravo) throw new Error('there are two')
  await expect.poll(isHeard, SLOW).toBe(true)
  expect(await selectAll(database(), LISTENERS)).toHaveLength(1)
  const before = bravo.calls
  const seen = acme.calls
  await note(ACME)
  await expect.poll(() => acme.calls).toBeGreaterThan(seen)
  expect(bravo.calls).toBe(before)
  bravo.stop()
  await note(BRAVO)
  const last = acme.calls
  await note(ACME)
  await expect.poll(() => acme.calls).toBeGreaterThan(last)
  expect(bravo.calls).toBe(before)
})

test('who follows a job is called for each step of it, its passes and its outputs, and for its end', async () => {
  const { changes, counted, isHeard } = await hear()
  const { jobs, passes } = repositories()
  const job = await startJob(repositories(), newPlan([newPass('720p', 1)]))
  const followed = counted((call) => changes.followJob(job.id, call))
  await expect.poll(isHeard, SLOW).toBe(true)
  const attempt = { number: 1, worker: 'w' }
  const steps: (() => Promise<unknown>)[] = [
    () => passes.begin(job.id, '720p', attempt),
    () => passes.report(job.id, '720p', attempt, { done: 0.5, speed: 1 }),
    () => passes.fail(job.id, '720p', attempt, 'ffmpeg-crashed'),
    () => passes.complete(job.id, '720p', [newOutput(job, '720p')]),
    () => jobs.finish(job.id, { status: 'completed', errorCode: null, errorMessage: null }),
    () => jobs.delete(job.owner, job.id, () => Promise.resolve()),
  ]
  for (const [index, step] of steps.entries()) {
    const before = followed.calls
    await step()
    await expect.poll(() => followed.calls, { message: `step ${index}` }).toBeGreaterThan(before)
  }
})

test('after an outage everyone is called, once the connection listens again', async () => {
  const { link, changes, counted, isHeard, lines } = await hear()
  const acme = counted((call) => changes.followEvents(ACME, call))
  await expect.poll(isHeard, SLOW).toBe(true)
  link.cut()
  await expect.poll(() => lines.join(), SLOW).toContain('does not tell of changes')
  const before = acme.calls
  await note(ACME)
  link.mend()
  await expect.poll(() => acme.calls, SLOW).toBeGreaterThan(before)
  await expect
    .poll(() => lines.filter((line) => line.includes('PostgreSQL tells of changes')).length, SLOW)
    .toBe(2)
})
