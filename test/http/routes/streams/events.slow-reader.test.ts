import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { expect, onTestFinished, test, vi } from 'vitest'
import { noteEvents, runOf } from '../../../../src/db/repositories/outbox.js'
import { type JobId, LOCAL_OWNER, type VideoId } from '../../../../src/jobs/model.js'
import { useDatabase } from '../../../db/fixtures.js'
import { openEvents } from '../../../support/events/event-stream.js'
import { type Api, startApi } from '../../api-on-database.js'
import { manualWindows } from '../../manual-windows.js'
import { openRaw } from '../../support.js'

const { database } = useDatabase()
const SLOW = { timeout: 20_000 }
const JOB = { id: uuidv7() as JobId, videoId: uuidv7() as VideoId, type: 'edit' } as const

const note = (marks: readonly number[]) =>
  database().sequelize.transaction((transaction) =>
    noteEvents(
      database(),
      transaction,
      LOCAL_OWNER,
      marks.map((progress) => runOf('job.progress', { ...JOB, progress })),
    ),
  )
const markOf = (told: Record<string, unknown>) => (told['data'] as { progress: number }).progress

test('a client that sleeps through 10,000 events costs one page, is cut, and has each event when it comes again', async () => {
  const windows = manualWindows()
  const dir = await mkdtemp(join(tmpdir(), 'cutroom-events-'))
  const api = await startApi({ dir, databaseUrl: database().url, eachWindow: windows.eachWindow })
  onTestFinished(async () => {
    await api.stop()
    await rm(dir, { recursive: true, force: true })
  })
  const { socket, received } = openRaw(api.port)
  socket.write('GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n')
  await expect.poll(received).toMatch(/id: \S+/)
  socket.pause()
  const all = Array.from({ length: 10_000 }, (_, index) => index)
  for (let from = 0; from < all.length; from += 1000) {
    await note(all.slice(from, from + 1000))
  }
  await vi.waitFor(
    async () => {
      windows.end()
      expect(await openStreams(api)).toBe(0)
    },
    { timeout: 20_000, interval: 300 },
  )
  const isClosed = new Promise((resolve) => socket.once('close', resolve))
  socket.resume()
  await isClosed
  const ids = [...received().matchAll(/^id: (\S+)\nevent: .*\ndata: (.*)\n\n/gm)]
  expect(ids.length).toBeLessThan(all.length)
  const seen = ids.map(([, , data = '']) => markOf(JSON.parse(data) as Record<string, unknown>))
  const lastId = ids.at(-1)?.[1] ?? /id: (\S+)/.exec(received())?.[1] ?? ''
  const stream = await openEvents(`${api.url}/api/v1/events`, { 'Last-Event-ID': lastId })
  await expect.poll(() => stream.events().length, SLOW).toBe(all.length - seen.length)
  expect([...seen, ...stream.events().map(({ data }) => markOf(data))]).toEqual(all)
  stream.leave()
})

async function openStreams(api: Api): Promise<number> {
  const usage = (await (await fetch(`${api.url}/api/v1/usage`)).json()) as {
    event_streams: { used: number }
  }
  return usage.event_streams.used
}
