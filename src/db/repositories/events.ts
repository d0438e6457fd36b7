import { QueryTypes } from 'sequelize'
import type { EventId, PlacedEvent } from '../../jobs/events/event.js'
import type { Owner } from '../../jobs/model.js'
import type { EventFilter, EventRange, EventsRepository } from '../../jobs/ports/events.js'
import type { Database } from '../database.js'
import { type StoredEvent, toEvent } from './outbox.js'

export function createEventsRepository(database: Database): EventsRepository {
  const { sequelize, events } = database
  return {
    async removeBefore(time, limit) {
      let removed = 0
      while (removed < limit) {
        const count = await removeBatch(database, time, Math.min(BATCH, limit - removed))
        removed += count
        if (count < BATCH) break
      }
      return removed
    },

    async range(owner) {
      const [row] = await sequelize.query<RangeRow>(
        `SELECT ${RANGE} FROM event_streams AS stream WHERE owner = $owner`,
        {
          bind: { owner },
          type: QueryTypes.SELECT,
        },
      )
      return row ? toRange(row) : NOTHING
    },

    async idAt(owner, place) {
      const row = await events.findOne({ where: { owner, place: String(place) }, attributes: ['id'] })
      return row?.id ?? null
    },

    listAfter: (owner, filter, page) => listAfter(database, owner, filter, page),
  }
}

/** Events that one transaction removes: within the time of a statement, also when each was told to many webhooks. */
const BATCH = 1000

const OLD = `
SELECT id FROM events
WHERE created_at < $time AND dispatched_at IS NOT NULL
  AND NOT EXISTS (SELECT FROM webhook_deliveries WHERE event_id = events.id AND status = 'pending')
ORDER BY created_at LIMIT $limit FOR UPDATE SKIP LOCKED`

/** The rows of owners come last, and in one order: commits that write events of theirs wait for them. */
const REMOVE = `
WITH removed AS (
  DELETE FROM events WHERE id = ANY($ids) RETURNING owner, place
), forgotten AS (
  SELECT owner, max(place) AS place FROM removed WHERE place IS NOT NULL GROUP BY owner
), locked AS (
  SELECT owner FROM event_streams WHERE owner IN (SELECT owner FROM forgotten) ORDER BY owner FOR UPDATE
)
UPDATE event_streams SET forgotten_place = GREATEST(forgotten_place, forgotten.place)
FROM forgotten JOIN locked USING (owner) WHERE event_streams.owner = forgotten.owner`

function removeBatch({ sequelize }: Database, time: Date, limit: number): Promise<number> {
  return sequelize.transaction(async (transaction) => {
    const old = await sequelize.query<{ id: EventId }>(OLD, {
      bind: { time, limit },
      type: QueryTypes.SELECT,
      transaction,
    })
    const ids = old.map(({ id }) => id)
    if (ids.length === 0) return 0
    await sequelize.query('DELETE FROM webhook_deliveries WHERE event_id = ANY($ids)', {
      bind: { ids },
      transaction,
    })
    await sequelize.query(REMOVE, { bind: { ids }, transaction })
    return ids.length
  })
}

const RANGE = `stream.last_place AS "lastPlace", stream.last_event AS "lastId",
  stream.forgotten_place AS "forgottenPlace"`

const NOTHING: EventRange = { lastPlace: 0, lastId: null, forgottenPlace: 0 }

/** pg gives a bigint as a text. */
interface RangeRow {
  readonly lastPlace: string
  readonly lastId: EventId
  readonly forgottenPlace: string
}

function toRange({ lastPlace, lastId, forgottenPlace }: RangeRow): EventRange {
  return { lastPlace: Number(lastPlace), lastId, forgottenPlace: Number(forgottenPlace) }
}

/** `place` is null, as all of the event, when there is no event. */
interface PlacedRow extends RangeRow, StoredEvent {
  readonly place: string | null
}

/** One statement, so that the events and the range are of one moment. */
async function listAfter(
  { sequelize }: Database,
  owner: Owner,
  { types, jobId, videoId }: EventFilter,
  { after, limit }: { readonly after: number; readonly limit: number },
): ReturnType<EventsRepository['listAfter']> {
  const rows = await sequelize.query<PlacedRow>(
    `SELECT ${RANGE}, event.*, stream.owner
     FROM event_streams AS stream LEFT JOIN LATERAL (
       SELECT id, type, data, created_at AS "createdAt", place FROM events
       WHERE owner = stream.owner AND place > $after
         AND (cardinality($types::text[]) = 0 OR type = ANY ($types::text[]))
         AND ($jobId::text IS NULL OR data ->> 'job_id' = $jobId)
         AND ($videoId::text IS NULL OR data ->> 'video_id' = $videoId)
       ORDER BY place LIMIT $limit
     ) AS event ON true
     WHERE stream.owner = $owner ORDER BY event.place`,
    { bind: { owner, after, limit, types: [...types], jobId, videoId }, type: QueryTypes.SELECT },
  )
  const [first] = rows
  if (!first) return { events: [], range: NOTHING }
  return { events: rows.flatMap(toPlaced), range: toRange(first) }
}

function toPlaced({ place, ...row }: PlacedRow): PlacedEvent[] {
  return place === null ? [] : [{ ...toEvent(row), place: Number(place) }]
}
