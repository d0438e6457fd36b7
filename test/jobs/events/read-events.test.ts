import { pino } from 'pino'
import { v7 as uuidv7 } from 'uuid'
import { expect, test } from 'vitest'
import { noteEvents, runOf } from '../../../src/db/repositories/outbox.js'
import { writePlace } from '../../../src/jobs/events/place.js'
import { createEventUseCases } from '../../../src/jobs/events/read-events.js'
import type { JobId, Owner, VideoId } from '../../../src/jobs/model.js'
import type { EventFilter } from '../../../src/jobs/ports/events.js'
import { useDatabase } from '../../db/fixtures.js'
import { NO_CHANGES } from '../no-changes.js'

const { database, repositories } = useDatabase()

const ALL: EventFilter = { types: [], jobId: null, videoId: null }
const newOwner = () => `owner-${uuidv7().slice(-12)}` as Owner
const useCases = () =>
  createEventUseCases({ repositories: repositories(), changes: NO_CHANGES, log: pino({ level: 'silent' }) })
const list = (owner: Owner, after: string | null, limit = 100) =>
  useCases().list(owner, ALL, { after, limit })
const placesOf = async (page: ReturnType<typeof list>) => (await page).events.map(({ place }) => place)

async function note(owner: Owner, count: number): Promise<void> {
  const job = { id: uuidv7() as JobId, videoId: uuidv7() as VideoId, type: 'edit', progress: 0 } as const
  for (let index = 0; index < count; index += 1) {
    await database().sequelize.transaction((transaction) =>
      noteEvents(database(), transaction, owner, [runOf('job.started', job)]),
    )
  }
}

async function forget(owner: Owner, below: number): Promise<void> {
  await database().sequelize.query(
    "UPDATE events SET dispatched_at = now(), created_at = now() - interval '5 days' WHERE owner = $owner AND place < $below",
    { bind: { owner, below } },
  )
  await repositories().events.removeBefore(new Date(Date.now() - 86_400_000), 1000)
}

test('a list goes page by page from the oldest event, and on from its end later', async () => {
  const owner = newOwner()
  await note(owner, 5)
  const first = await list(owner, null, 3)
  expect([await placesOf(list(owner, null, 3)), first.isMore]).toEqual([[1, 2, 3], true])
  const second = await list(owner, writePlace(first.end), 3)
  expect([second.events.map(({ place }) => place), second.isMore]).toEqual([[4, 5], false])
  await note(owner, 1)
  expect(await placesOf(list(owner, writePlace(second.end)))).toEqual([6])
})

test('a stream begins now, or after the place that it is given', async () => {
  const owner = newOwner()
  const early = await useCases().follow(owner, ALL, null)
  await note(owner, 2)
  expect((await early.read(early.start)).events).toHaveLength(2)
  const now = await useCases().follow(owner, ALL, null)
  expect((await now.read(now.start)).events).toEqual([])
  const again = await useCases().follow(owner, ALL, writePlace(early.start))
  expect([again.loss, (await again.read(again.start)).events.length]).toEqual([null, 2])
})

test('a place before what was removed is refused in a list, and told in a stream', async () => {
  const owner = newOwner()
  await note(owner, 4)
  const ends = await Promise.all([1, 2, 3].map((limit) => list(owner, null, limit)))
  const [one, two, three] = ends.map(({ end }) => writePlace(end))
  if (one === undefined || two === undefined || three === undefined) throw new Error('there are three')
  await forget(owner, 3)
  await expect(list(owner, one)).rejects.toMatchObject({ code: 'events-forgotten' })
  const lost = await useCases().follow(owner, ALL, one)
  expect(lost.loss).toBe('forgotten')
  expect((await lost.read(lost.start)).events.map(({ place }) => place)).toEqual([3, 4])
  // Nothing is missing for a client that has the last of those that were removed.
  expect(await placesOf(list(owner, two))).toEqual([3, 4])
  expect(await placesOf(list(owner, three))).toEqual([4])
  expect(await placesOf(list(owner, null))).toEqual([3, 4])
})

test('a stream that sleeps while its next events are removed is told so', async () => {
  const owner = newOwner()
  const sleeper = await useCases().follow(owner, ALL, null)
  await note(owner, 3)
  await forget(owner, 3)
  const page = await sleeper.read(sleeper.start)
  expect([page.loss, page.events.map(({ place }) => place)]).toEqual(['forgotten', [3]])
})

test('a place of another database is unknown: one that lies ahead, one whose event is another, a text that is none', async () => {
  const owner = newOwner()
  await note(owner, 2)
  const { end } = await list(owner, null)
  const tail = end.tail === '00000000' ? '11111111' : '00000000'
  for (const place of [`9-${end.tail}`, `2-${tail}`, 'x', '2', '1e9-00000000', '-1-00000000']) {
    await expect(list(owner, place), place).rejects.toMatchObject({ code: 'events-forgotten' })
    expect(await useCases().follow(owner, ALL, place)).toMatchObject({ loss: 'unknown' })
  }
})

test('an owner sees no event of another', async () => {
  const [owner, other] = [newOwner(), newOwner()]
  await note(other, 2)
  expect(await placesOf(list(owner, null))).toEqual([])
})

test('a stream that is further than the database, which was set back, is told so and goes on with what there is', async () => {
  const owner = newOwner()
  await note(owner, 5)
  const followed = await useCases().follow(owner, ALL, null)
  await database().sequelize.query('UPDATE event_streams SET last_place = 3 WHERE owner = $owner', {
    bind: { owner },
  })
  const page = await followed.read(followed.start)
  expect(page).toMatchObject({ loss: 'unknown', events: [], isMore: true })
  const next = await followed.read(page.end)
  expect(next.events.map(({ place }) => place).slice(0, 3)).toEqual([1, 2, 3])
})
