import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { noteEvents, outputEvent, runOf } from '../../../../src/db/repositories/outbox.js'
import type { Happening } from '../../../../src/jobs/events/event.js'
import { type JobId, LOCAL_OWNER, type OutputId, type VideoId } from '../../../../src/jobs/model.js'
import { useDatabase } from '../../../db/fixtures.js'
import { type FlakyLink, openFlakyLink } from '../../../db/flaky-link.js'
import { openEvents } from '../../../support/events/event-stream.js'
import { type Api, startApi } from '../../api-on-database.js'
import { expectProblem } from '../../support.js'

const { database } = useDatabase()
const SLOW = { timeout: 20_000 }
const MAX_STREAMS = 3

let dir = ''
let link: FlakyLink
let flaky: Api
let steady: Api
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'cutroom-events-'))
  link = await openFlakyLink(database().url)
  flaky = await startApi({ dir, databaseUrl: link.url })
  steady = await startApi({ dir, databaseUrl: database().url, quotas: { eventStreams: MAX_STREAMS } })
})
beforeEach(() => database().sequelize.query('TRUNCATE events, event_streams CASCADE'))
afterEach(() => vi.useRealTimers())
afterAll(async () => {
  await Promise.all([flaky.stop(), steady.stop()])
  await link.close()
  await rm(dir, { recursive: true, force: true })
})

const newJob = () => ({ id: uuidv7() as JobId, videoId: uuidv7() as VideoId, type: 'edit' as const })
const step = (progress: number, job = newJob()) => runOf('job.progress', { ...job, progress })
const output = ({ id, videoId }: ReturnType<typeof newJob>) =>
  outputEvent('rendition.completed', {
    ...{ id: uuidv7() as OutputId, jobId: id, originalVideoId: videoId },
    name: '720p',
  })
const note = (...happenings: Happening[]) =>
  database().sequelize.transaction((transaction) =>
    noteEvents(database(), transaction, LOCAL_OWNER, happenings),
  )
const open = (api: Api, query = '', lastId?: string) =>
  openEvents(`${api.url}/api/v1/events${query}`, lastId === undefined ? {} : { 'Last-Event-ID': lastId })
const started = async (api: Api, query = '', lastId?: string) => {
  const stream = await open(api, query, lastId)
  await expect.poll(stream.text).toMatch(/id: \d+-[0-9a-f]{8}\n/)
  return stream
}
type Stream = Awaited<ReturnType<typeof open>>
const marksOf = (stream: Stream) =>
  stream.events().map(({ data }) => (data['data'] as { progress?: number }).progress)
interface List {
  readonly events: readonly {
    readonly id: string
    readonly type: string
    readonly data: { readonly progress: number }
  }[]
  readonly next_cursor: string | null
  readonly end_cursor: string
}
const ask = (query = '', headers: Record<string, string> = {}) =>
  fetch(`${steady.url}/api/v1/events${query}`, { headers: { Accept: 'application/json', ...headers } })
const list = async (query = '') => (await (await ask(query)).json()) as List

describe('the stream of an owner', () => {
  test('begins now, and has what happens from then on, whichever process wrote it', async () => {
    await note(step(1))
    const streams = await Promise.all([started(flaky), started(steady)])
    const job = newJob()
    await note(step(2, job))
    await note(output(job))
    for (const stream of streams) {
      await expect.poll(stream.types, SLOW).toEqual(['job.progress', 'rendition.completed'])
      expect(stream.events()[1]?.data).toMatchObject({
        type: 'rendition.completed',
        data: { job_id: job.id, name: '720p', links: { job: `/api/v1/jobs/${job.id}` } },
      })
      stream.leave()
    }
  })

  test('goes on where it was left, on another server, by the header or by the query', async () => {
    const first = await started(flaky)
    await note(step(1), step(2), step(3))
    await expect.poll(() => marksOf(first), SLOW).toEqual([1, 2, 3])
    first.leave()
    await note(step(4))
    const id = first.events()[1]?.id ?? ''
    const byHeader = await open(steady, '?last_event_id=0-00000000', id)
    const byQuery = await open(steady, `?last_event_id=${id}`)
    for (const stream of [byHeader, byQuery]) {
      await expect.poll(() => marksOf(stream), SLOW).toEqual([3, 4])
      stream.leave()
    }
  })

  test('can be resumed before its first event', async () => {
    const first = await started(steady)
    const [, id = ''] = /id: (\S+)/.exec(first.text()) ?? []
    first.leave()
    await note(step(1))
    const second = await open(steady, '', id)
    await expect.poll(() => marksOf(second), SLOW).toEqual([1])
    second.leave()
  })

  test('has what its filters let through, and moves its id on past the rest', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const job = newJob()
    const filtered = await started(steady, `?type=rendition.*&type=video.ready,video.failed&job_id=${job.id}`)
    const ofVideo = await started(steady, `?video_id=${job.videoId}`)
    await note(step(1), output(newJob()), output(job))
    await expect.poll(filtered.types, SLOW).toEqual(['rendition.completed'])
    await expect.poll(ofVideo.types, SLOW).toEqual(['rendition.completed'])
    await note(step(4), step(5))
    const { end_cursor: end } = await list()
    await expect
      .poll(() => {
        vi.advanceTimersByTime(15_000)
        return filtered.text()
      }, SLOW)
      .toContain(`id: ${end}\n\n`)
    expect(filtered.types()).toHaveLength(1)
    filtered.leave()
    ofVideo.leave()
  })

  test('says that it cannot go on after an id that is unknown, and has all that is kept', async () => {
    await note(step(1), step(2))
    const stream = await open(steady, '', '7-12345678')
    await expect.poll(stream.types, SLOW).toEqual(['reset', 'job.progress', 'job.progress'])
    expect(stream.events()[0]?.data).toMatchObject({ type: 'reset', reason: 'unknown' })
    stream.leave()
  })

  test('loses nothing while PostgreSQL is away', async () => {
    const stream = await started(flaky)
    await note(step(1))
    await expect.poll(() => marksOf(stream), SLOW).toEqual([1])
    link.cut()
    await note(step(2), step(3))
    link.mend()
    await expect.poll(() => marksOf(stream), SLOW).toEqual([1, 2, 3])
    stream.leave()
  })

  test('has a comment every 15 s, and ends after an hour', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] })
    const stream = await started(steady)
    vi.advanceTimersByTime(15_000)
    await expect.poll(stream.text).toMatch(/\n:\n\n$/)
    vi.advanceTimersByTime(3_600_000)
    await stream.ended
  })

  test('is answered with its headers alone for HEAD', async () => {
    const response = await fetch(`${steady.url}/api/v1/events`, { method: 'HEAD' })
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream'])
  })
})

test('an owner can have so many streams, of both kinds; those that are left do not count', async () => {
  const streams = await Promise.all(Array.from({ length: MAX_STREAMS }, () => started(steady)))
  await expectProblem(await fetch(`${steady.url}/api/v1/events`), 429, 'too-many-streams')
  streams[0]?.leave()
  await expect
    .poll(async () => {
      const response = await fetch(`${steady.url}/api/v1/events`, {
        method: 'GET',
        signal: AbortSignal.timeout(2000),
      })
      await response.body?.cancel()
      return response.status
    }, SLOW)
    .toBe(200)
  streams.forEach(({ leave }) => leave())
})

describe('the list', () => {
  test('has pages in the order of the stream, and its ids are those of the stream', async () => {
    const stream = await started(steady)
    await note(step(1), step(2), step(3))
    await expect.poll(() => stream.events().length, SLOW).toBe(3)
    stream.leave()
    const first = await list('?limit=2')
    expect(first.events.map(({ data }) => data.progress)).toEqual([1, 2])
    expect(first.next_cursor).toBe(stream.events()[1]?.id)
    const second = await list(`?limit=2&cursor=${first.next_cursor}`)
    expect(second).toMatchObject({ next_cursor: null, end_cursor: stream.events()[2]?.id })
    expect([...first.events, ...second.events]).toEqual(stream.events().map(({ data }) => data))
    await note(step(4))
    expect((await list(`?cursor=${second.end_cursor}`)).events.map(({ data }) => data.progress)).toEqual([4])
  })

  test('is what a client that prefers JSON gets, and no other', async () => {
    const response = await ask()
    expect(response.headers.get('content-type')).toMatch(/^application\/json/)
    expect(response.headers.get('vary')).toContain('Accept')
    for (const accept of ['*/*', 'text/event-stream', 'text/event-stream, application/json']) {
      const stream = await openEvents(`${steady.url}/api/v1/events`, { Accept: accept })
      expect(stream.response.headers['content-type']).toBe('text/event-stream')
      stream.leave()
    }
  })

  test('refuses a cursor that it cannot go on after, and fields that are wrong', async () => {
    await note(step(1))
    const { detail } = await expectProblem(await ask('?cursor=9-12345678'), 410, 'events-forgotten')
    expect(detail).toContain('GET /api/v1/jobs')
    for (const query of ['type=job', 'type=job.*,', 'type=ping', 'job_id=7', 'limit=1001', 'limit=0']) {
      await expectProblem(await ask(`?${query}`), 400, 'request-invalid')
    }
  })
})
