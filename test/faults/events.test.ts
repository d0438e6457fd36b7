import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { type Platform, startPlatform } from '../e2e/support/platform.js'
import { followFaithfully } from '../support/events/faithful-client.js'
import { type Receiver, startReceiver } from '../support/events/webhooks.js'
import { createRandom } from '../support/random.js'
import { until } from '../support/until.js'
import { inForm, SEED } from './support/form.js'
import { createInsistentClient, field, type InsistentClient } from './support/insistent-client.js'
import { killOne, type Victim } from './support/killer.js'
import { encodeClip } from './support/load.js'
import { describeUnfinished, inDatabase, unfinishedJobs } from './support/rows.js'

const JOBS = inForm(30, 100)
const CLIENTS = 3
const KILLS = inForm(5, 60)
/** Drawn in turns: what serves the streams, what delivers, and what tells of changes. */
const KILLED: readonly Victim[] = ['api', 'worker', 'postgres']
const PAUSE_SEC = { min: 2, max: 5 }
const JOBS_LIMIT_MS = 120_000
/** Longer than a call of an endpoint by a worker that was killed counts as running. */
const DELIVERED_LIMIT_MS = 90_000

let platform: Platform
afterEach(async () => {
  delete process.env['OUTBOUND_ALLOW']
  await platform.destroy()
})

interface Stored {
  readonly id: string
  readonly type: string
  readonly job_id: string
}

const storedEvents = () =>
  inDatabase(platform, async (client) => {
    const { rows } = await client.query<Stored>(
      "SELECT id, type, data ->> 'job_id' AS job_id FROM events WHERE type <> 'ping' ORDER BY place",
    )
    return rows
  })

/** Jobs that have ended, and have not exactly one event of that end, or have an event of another end. */
const wrongEnds = () =>
  inDatabase(platform, async (client) => {
    const { rows } = await client.query<{ readonly id: string }>(
      `SELECT jobs.id, jobs.status, array_agg(events.type) AS told FROM jobs
       LEFT JOIN events ON events.data ->> 'job_id' = jobs.id::text
         AND events.type IN ('job.completed', 'job.failed', 'job.cancelled')
       GROUP BY jobs.id HAVING array_agg(events.type) <> ARRAY['job.' || jobs.status]
         OR array_agg(events.type) IS NULL`,
    )
    return rows
  })

const arrived = ({ received }: Receiver) =>
  received.map(({ body }) => JSON.parse(body) as { id: string; type: string; data: { job_id: string } })

/** Short ones, each of its own, so that none is answered with the outputs of another. */
async function submitAll(client: InsistentClient, videoId: string): Promise<void> {
  await Promise.all(
    Array.from({ length: CLIENTS }, async (_, number) => {
      for (let index = number; index < JOBS; index += CLIENTS) {
        const body = { video_id: videoId, overlay_type: 'text', content: `events ${index}` }
        const { status } = await client.post('/overlay', body, `events-${index}`)
        expect(status).toBe(202)
      }
    }),
  )
}

async function killMany(): Promise<void> {
  const random = createRandom(SEED)
  for (let kills = 0; kills < KILLS; kills += 1) {
    const victim = KILLED[kills % KILLED.length] ?? 'api'
    expect(await killOne(platform, victim, random), `a ${victim} to kill`).toBe(true)
    await delay(1000 * random.between(PAUSE_SEC.min, PAUSE_SEC.max))
  }
}

test(
  `under kills, seed ${SEED}, each event of ${JOBS} jobs arrives at a webhook, and once in a stream that is resumed`,
  async () => {
    process.env['OUTBOUND_ALLOW'] = '127.0.0.1'
    platform = await startPlatform({ env: { LOG_LEVEL: 'error' } })
    const receiver = await startReceiver()
    const client = createInsistentClient(platform.apiUrl)
    await client.post('/webhooks', { url: receiver.url }, 'webhook')
    const stream = followFaithfully(() => `${platform.apiUrl}/api/v1/events`)
    await until('the stream is open', () => stream.connections() > 0)
    const clip = await encodeClip(join(platform.dataDir, 'clip.mp4'), '320x180', 1)
    const videoId = field(await client.upload(clip, 'clip'), 'video_id')
    await until('the video is ready', async () => (await unfinishedJobs(platform)) === 0, JOBS_LIMIT_MS)

    await Promise.all([submitAll(client, videoId), killMany()])
    // The database may still be away.
    const open = () => unfinishedJobs(platform).catch(() => 1)
    await until('all jobs have ended', async () => (await open()) === 0, JOBS_LIMIT_MS).catch(
      async (error: unknown) => {
        throw new Error(await describeUnfinished(platform), { cause: error })
      },
    )
    const stored = await storedEvents()
    const isComplete = () => {
      const ids = new Set(arrived(receiver).map(({ id }) => id))
      return stored.every(({ id }) => ids.has(id))
    }
    await until('every event has arrived', isComplete, DELIVERED_LIMIT_MS)

    const lastId = stored.at(-1)?.id
    const isTold = () => stream.events().some(({ data }) => data['id'] === lastId)
    await until('the stream has come to the end', isTold, DELIVERED_LIMIT_MS)

    expect(await wrongEnds()).toEqual([])
    const known = new Map(stored.map((event) => [event.id, event]))
    for (const { id, type, data } of arrived(receiver)) {
      expect(known.get(id)).toEqual({ id, type, job_id: data.job_id })
    }
    const told = (await stream.end()).map(({ data }) => data['id'])
    expect(told).toEqual(stored.map(({ id }) => id))
    console.log(`seed ${SEED}: ${KILLS} kills, ${stored.length} events, ${stream.connections()} connections`)
  },
  inForm(420_000, 900_000),
)
