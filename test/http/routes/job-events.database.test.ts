import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { createRepositories } from '../../../src/db/create-repositories.js'
import { close, connectDatabase } from '../../../src/db/database.js'
import { createApp } from '../../../src/http/app.js'
import { startServer } from '../../../src/http/server.js'
import { createUseCases } from '../../../src/jobs/create-use-cases.js'
import type { NewJob } from '../../../src/jobs/ports/repositories.js'
import { newOutput, startJob, useDatabase } from '../../db/fixtures.js'
import { type FlakyLink, openFlakyLink } from '../../db/flaky-link.js'
import { createWorld } from '../../jobs/world.js'
import { openEvents } from '../../support/events/event-stream.js'
import { httpConfig } from '../../support/http-config.js'
import { newPass, newPlan } from '../../support/records.js'
import { checkBody } from '../../support/same-process.js'
import { NO_KEYS } from '../support.js'

/** Two API processes from the point of view of PostgreSQL: each has its own use cases and pool. */
interface Api {
  readonly events: (job: NewJob, lastId?: string) => ReturnType<typeof openEvents>
  readonly log: string[]
  readonly stop: () => Promise<void>
}

const database = useDatabase()
let dir = ''
let link: FlakyLink
let flaky: Api
let steady: Api

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'cutroom-events-'))
  link = await openFlakyLink(database.database().url)
  flaky = await startApi(link.url)
  steady = await startApi(database.database().url)
})
afterEach(() => vi.useRealTimers())
afterAll(async () => {
  await Promise.all([flaky.stop(), steady.stop()])
  await link.close()
  await rm(dir, { recursive: true, force: true })
})

async function startApi(databaseUrl: string): Promise<Api> {
  const pool = connectDatabase(databaseUrl)
  const world = createWorld(dir, createRepositories(pool))
  const lines: string[] = []
  const log = pino({ level: 'warn' }, { write: (line) => lines.push(line) })
  const config = httpConfig()
  const stopping = new AbortController()
  const useCases = createUseCases({ ...world.deps, log })
  const server = await startServer(
    createApp({ useCases, checkBody, config, access: NO_KEYS, log, stopping: stopping.signal }),
    config,
  )
  return {
    log: lines,
    events: (job, lastId) => {
      const headers = lastId === undefined ? {} : { 'Last-Event-ID': lastId }
      return openEvents(`${server.url}/api/v1/jobs/${job.id}/events`, headers)
    },
    stop: async () => {
      stopping.abort()
      await server.close()
      await close(pool)
    },
  }
}

const begin = () => startJob(database.repositories(), newPlan([newPass('720p', 2), newPass('480p', 1)]))
const complete = (job: NewJob, name: string) =>
  database.repositories().passes.complete(job.id, name, [newOutput(job, name)])
const finish = (job: NewJob) =>
  database.repositories().jobs.finish(job.id, { status: 'completed', errorCode: null, errorMessage: null })

test('a stream that one process started is continued by another: no event is missed or sent twice', async () => {
  const job = await begin()
  const first = await flaky.events(job)
  await complete(job, '720p')
  await expect.poll(() => first.types().includes('output')).toBe(true)
  const seen = first.events().slice(0, first.types().indexOf('output'))
  first.leave()
  await complete(job, '480p')
  const second = await steady.events(job, seen.at(-1)?.id)
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
  const again = await flaky.events(job, told.at(-1)?.id)
  expect(again.response.statusCode).toBe(204)
})

test('while PostgreSQL is unavailable a stream stays open with its comments, and continues afterwards', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const job = await begin()
  const stream = await flaky.events(job)
  await expect.poll(stream.types).toEqual(['rendition', 'rendition', 'progress'])
  link.cut()
  await expect.poll(() => flaky.log.join(), { timeout: 10_000 }).toContain('followed jobs cannot be read')
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
