import type { Transaction } from 'sequelize'
import { v7 as uuidv7 } from 'uuid'
import { expect, test } from 'vitest'
import { noteEvents, runOf } from '../../../src/db/repositories/outbox.js'
import type { PlacedEvent } from '../../../src/jobs/events/event.js'
import type { JobId, Owner, VideoId } from '../../../src/jobs/model.js'
import type { EventFilter } from '../../../src/jobs/ports/events.js'
import { createRandom } from '../../support/random.js'
import { useDatabase } from '../fixtures.js'

const { database, repositories } = useDatabase()

const ALL: EventFilter = { types: [], jobId: null, videoId: null }
const newOwner = () => `owner-${uuidv7().slice(-12)}` as Owner
const newJob = () => ({ id: uuidv7() as JobId, videoId: uuidv7() as VideoId, type: 'edit' as const })
const started = (progress: number, job = newJob()) => runOf('job.started', { ...job, progress })
const note = (owner: Owner, progress: number, transaction: Transaction) =>
  noteEvents(database(), transaction, owner, [started(progress)])
const noteNow = (owner: Owner, progress: number) =>
  database().sequelize.transaction((transaction) => note(owner, progress, transaction))
const after = (owner: Owner, place: number, limit = 100) =>
  repositories().events.listAfter(owner, ALL, { after: place, limit })
const marksOf = (events: readonly PlacedEvent[]) =>
  events.map(({ place, data }) => [place, 'progress' in data ? data.progress : null])

test('of two transactions that overlap, the one that commits first comes first, and a reader misses neither', async () => {
  const owner = newOwner()
  const { sequelize } = database()
  const first = await sequelize.transaction()
  await note(owner, 1, first)
  const second = await sequelize.transaction()
  await note(owner, 2, second)
  await second.commit()
  const seen = await after(owner, 0)
  expect(marksOf(seen.events)).toEqual([[1, 2]])
  await first.commit()
  const then = await after(owner, seen.range.lastPlace)
  expect(marksOf(then.events)).toEqual([[2, 1]])
})

test('a transaction that stays open holds back no event of others, of the same owner or of another', async () => {
  const owner = newOwner()
  const open = await database().sequelize.transaction()
  await note(owner, 1, open)
  await noteNow(owner, 2)
  const other = newOwner()
  await noteNow(other, 3)
  expect(marksOf((await after(owner, 0)).events)).toEqual([[1, 2]])
  expect(marksOf((await after(other, 0)).events)).toEqual([[1, 3]])
  await open.rollback()
  await noteNow(owner, 4)
  expect(marksOf((await after(owner, 0)).events)).toEqual([
    [1, 2],
    [2, 4],
  ])
})

test('a reader that goes on from the last place gets every event once, while many write', async () => {
  const owner = newOwner()
  const random = createRandom(7)
  const expected = Array.from({ length: 120 }, (_, index) => index)
  let isOver = false
  const read = async () => {
    const seen: PlacedEvent[] = []
    for (let place = 0; ;) {
      const wasOver = isOver
      const { events } = await after(owner, place, random.whole(1, 7))
      seen.push(...events)
      place = events.at(-1)?.place ?? place
      if (wasOver && events.length === 0) return seen
    }
  }
  const reading = read()
  const writers = Array.from({ length: 6 }, async (_, writer) => {
    for (const index of expected.filter((one) => one % 6 === writer)) {
      await database().sequelize.transaction(async (transaction) => {
        await note(owner, index, transaction)
        const seconds = random.between(0, 0.01)
        await database().sequelize.query('SELECT pg_sleep($seconds)', { bind: { seconds }, transaction })
      })
    }
  })
  await Promise.all(writers)
  isOver = true
  const marks = marksOf(await reading)
  expect(marks.map(([place]) => place)).toEqual(expected.map((index) => index + 1))
  expect(marks.map(([, mark]) => mark).sort((a, b) => Number(a) - Number(b))).toEqual(expected)
})

test('a filter takes types, a job and a video; the range is that of all events', async () => {
  const owner = newOwner()
  const job = newJob()
  await database().sequelize.transaction((transaction) =>
    noteEvents(database(), transaction, owner, [
      started(1, job),
      started(2),
      runOf('job.progress', { ...newJob(), progress: 3 }),
      started(4),
    ]),
  )
  const places = async (filter: Partial<EventFilter>) => {
    const found = await repositories().events.listAfter(owner, { ...ALL, ...filter }, { after: 0, limit: 9 })
    expect(found.range.lastPlace).toBe(4)
    return found.events.map(({ place }) => place)
  }
  expect(await places({ types: ['job.started'] })).toEqual([1, 2, 4])
  expect(await places({ types: ['job.progress', 'video.ready'] })).toEqual([3])
  expect(await places({ jobId: job.id })).toEqual([1])
  expect(await places({ videoId: job.videoId })).toEqual([1])
  expect(await places({ types: ['job.progress'], jobId: job.id })).toEqual([])
})

test('what was removed is remembered as such', async () => {
  const owner = newOwner()
  for (const progress of [1, 2, 3]) await noteNow(owner, progress)
  await database().sequelize.query(
    "UPDATE events SET dispatched_at = now(), created_at = now() - interval '2 days' WHERE owner = $owner AND place < 3",
    { bind: { owner } },
  )
  const { events } = repositories()
  expect(await events.removeBefore(new Date(Date.now() - 86_400_000), 100)).toBe(2)
  expect(await events.range(owner)).toMatchObject({ lastPlace: 3, forgottenPlace: 2 })
  expect([await events.idAt(owner, 2), await events.idAt(owner, 3)]).toEqual([null, expect.any(String)])
})

test('an owner to whom nothing has happened has an empty range', async () => {
  expect(await repositories().events.range(newOwner())).toEqual({
    lastPlace: 0,
    lastId: null,
    forgottenPlace: 0,
  })
})
