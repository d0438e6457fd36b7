import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRepositories } from '../../src/db/create-repositories.js'
import { close, connectDatabase } from '../../src/db/database.js'
import { storeVideo } from '../db/fixtures.js'
import { type EventStream, openEvents } from '../support/events/event-stream.js'
import { newJob } from '../support/records.js'
import { until } from '../support/until.js'
import { type Platform, startPlatform } from './support/platform.js'

const QUEUED_JOBS = 1000
const STREAMS = 200
const ROUNDS = 8
const HEAP_MIB = 64
/** What pools, caches and compiled code may add. An open stream has 17 kB: 8 rounds of 200 that are kept are 27 MiB. */
const MAX_GROWTH_MIB = 8
const TOLD_BY = new URL('support/tell-memory.mjs', import.meta.url).href

let dir = ''
let platform: Platform
let pid = 0
const jobIds: string[] = []
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'cutroom-memory-'))
  const options = `--max-old-space-size=${HEAP_MIB} --import ${TOLD_BY}`
  platform = await startPlatform({ env: { NO_WORKER: '1', NODE_OPTIONS: options, TELL_MEMORY_DIR: dir } })
  pid = await apiOf(platform)
  const database = connectDatabase(platform.services.databaseUrl)
  const repositories = createRepositories(database)
  const { video } = await storeVideo(repositories)
  for (let count = 0; count < QUEUED_JOBS; count += 1) {
    const job = newJob(video.id)
    await repositories.jobs.create(job, null)
    jobIds.push(job.id)
  }
  await close(database)
})
afterAll(async () => {
  await platform.destroy()
  await rm(dir, { recursive: true, force: true })
})

async function apiOf({ process: parent }: Platform): Promise<number> {
  for (const name of (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry))) {
    const read = (file: string) => readFile(`/proc/${name}/${file}`, 'utf8').catch(() => '')
    const isOurs = (await read('status')).includes(`PPid:\t${parent.pid}\n`)
    if (isOurs && (await read('cmdline')).includes('api.js')) return Number(name)
  }
  throw new Error('the API is not there')
}

/** MiB that are still in use after a collection. */
async function keptMib(): Promise<number> {
  const file = join(dir, String(pid))
  await rm(file, { force: true })
  process.kill(pid, 'SIGUSR2')
  await until('the API has told its memory', async () => (await readdir(dir)).includes(String(pid)))
  return Number(await readFile(file, 'utf8')) / 2 ** 20
}

const descriptors = async () => (await readdir(`/proc/${pid}/fd`)).length

async function openStreams(): Promise<EventStream[]> {
  const streams = await Promise.all(
    jobIds
      .slice(0, STREAMS)
      .map((id) => openEvents(new URL(`/api/v1/jobs/${id}/events`, platform.apiUrl).href)),
  )
  await until('all have their first event', () =>
    streams.every((stream) => stream.text().includes('event: progress')),
  )
  return streams
}

test('many queued jobs and idle streams keep the memory of the API flat, and streams are freed', async () => {
  const list = async () => (await fetch(new URL('/api/v1/jobs?limit=100', platform.apiUrl))).text()
  for (let warmUp = 0; warmUp < 20; warmUp += 1) await list()
  const idle = await descriptors()
  const measured: number[] = []
  for (let round = 0; round <= ROUNDS; round += 1) {
    const streams = await openStreams()
    expect(await descriptors()).toBeGreaterThanOrEqual(idle + STREAMS - 20)
    for (let look = 0; look < 20; look += 1) await list()
    for (const stream of streams) stream.leave()
    await until('the streams are gone', async () => (await descriptors()) <= idle + 20)
    measured.push(await keptMib())
  }
  // The first round has created what stays: pools, and code that is compiled.
  const [first = 0, ...rest] = measured
  expect(Math.max(...rest) - first, `MiB: ${measured.join(', ')}`).toBeLessThan(MAX_GROWTH_MIB)
})
