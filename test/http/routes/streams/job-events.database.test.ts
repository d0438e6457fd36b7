import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import type { NewJob } from '../../../../src/jobs/ports/repositories.js'
import { newOutput, startJob, useDatabase } from '../../../db/fixtures.js'
import { type FlakyLink, openFlakyLink } from '../../../db/flaky-link.js'
import { openEvents } from '../../../support/events/event-stream.js'
import { newPass, newPlan } from '../../../support/records.js'
import { type Api, startApi } from '../../api-on-database.js'

const database = useDatabase()
let dir = ''
let link: FlakyLink
let flaky: Api
let steady: Api

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'cutroom-events-'))
  link = await openFlakyLink(database.database().url)
  flaky = await startApi({ dir, databaseUrl: link.url })
  steady = await startApi({ dir, databaseUrl: database.database().url })
})
afterEach(() => vi.useRealTimers())
afterAll(async () => {
  await Promise.all([flaky.stop(), steady.stop()])
  await link.close()
  await rm(dir, { recursive: true, force: true })
})

const eventsOf = (api: Api, job: NewJob, lastId?: string) =>
  openEvents(
    `${api.url}/api/v1/jobs/${job.id}/events`,
    lastId === undefined ? {} : { 'Last-Event-ID': lastId },
  )

const begin = () => startJob(database.repositories(), newPlan([newPass('720p', 2), newPass('480p', 1)]))
const complete = (job: NewJob, name: string) =>
  database.repositories().passes.complete(job.id, name, [newOutput(job, name)])
const finish = (job: NewJob) =>
  database.repositories().jobs.finish(job.id, { status: 'completed', errorCode: null, errorMessage: null })

test('a stream that one process started is continued by another: no event is missed or sent twice', async () => {
  const job = await begin()
  const first = await eventsOf(flaky, job)
  await complete(job, '720p')
  await expect.poll(() => first.types().includes('output')).toBe(true)
  const seen = first.events().slice(0, first.types().indexOf('output'))
  first.leave()
  await complete(job, '480p')
  const second = await eventsOf(steady, job, seen.at(-1)?.id)
  await expect.poll(() => second.types().filter((type) => type === 'output')).toHaveLength(2)
  await finish(job)
  await second.ended

  const told = [...seen, ...second.events()].filter(({ type }) => type !== 'progress')
  const completed = told.filter(({ type, data }) => type === 'rendition' && data['status'] === 'completed')
  expect(completed.map(({ data }) => data['name'])).toEqual(['720p', '480p'])
  const outputs = told.filter(({ type }) => type === 'output')
  expect(outputs.map(({ data }) => data['name'])).toEqual(expect.arrayContaining(['720p', '480p']))
  expect(outputs).toHaveLength(2)
  expect(told.at(-1)).toMatchObject({ type: 'completed', data: { status: 'completed', progress: 100 } })
  const again = await eventsOf(flaky, job, told.at(-1)?.id)
  expect(again.response.statusCode).toBe(204)
})

test('while PostgreSQL is unavailable a stream stays open with its comments, and continues afterwards', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const job = await begin()
  const stream = await eventsOf(flaky, job)
  await expect.poll(stream.types).toEqual(['rendition', 'rendition', 'progress'])
  link.cut()
  await expect.poll(() => flaky.log.join(), { timeout: 10_000 }).toContain('does not tell of changes')
  await complete(job, '720p')
  vi.advanceTimersByTime(15_000)
  await expect.poll(stream.text).toMatch(/\n:\n\n$/)
  link.mend()
  await expect
    .poll(stream.types, { timeout: 10_000 })
    .toEqual(['rendition', 'rendition', 'progress', 'rendition', 'output', 'progress'])
  await finish(job)
  await stream.ended
  expect(stream.types().at(-1)).toBe('completed')
})
