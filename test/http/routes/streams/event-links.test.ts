import { EventSource } from 'undici'
import { afterAll, expect, test } from 'vitest'
import type { Owner } from '../../../../src/jobs/model.js'
import { openEvents } from '../../../support/events/event-stream.js'
import { useGuardedServer } from '../../guarded-server.js'
import { expectProblem } from '../../support.js'

const server = useGuardedServer()
const ACME = 'acme' as Owner
const opened: { close: () => void }[] = []
afterAll(() => opened.forEach((stream) => stream.close()))

interface Link {
  readonly url: string
  readonly expires_at: string | null
}

async function linkTo(path: string, key: string): Promise<Link> {
  const response = await server().fetch(path, key)
  expect(response.status).toBe(200)
  return (await response.json()) as Link
}

test('a link opens the stream with its filters for the EventSource of a browser, which sends no key', async () => {
  const { jobId } = await server().furnish(ACME)
  const link = await linkTo(
    `/api/v1/events/link?type=job.*&job_id=${jobId}&last_event_id=0-00000000`,
    await server().key(ACME, 'read'),
  )
  expect(Date.parse(link.expires_at ?? '')).toBeLessThanOrEqual(server().clock.ms + 3_600_000)
  const source = new EventSource(server().url + link.url)
  opened.push(source)
  const told = new Promise<string>((resolve) => {
    source.addEventListener('job.completed', (event) => resolve(String((event as MessageEvent).data)))
  })
  expect(JSON.parse(await told)).toMatchObject({ type: 'job.completed', data: { job_id: jobId } })
})

test('a link is for its stream, its filters and its time only', async () => {
  const { jobId } = await server().furnish(ACME)
  const key = await server().key(ACME, 'read')
  const { url } = await linkTo('/api/v1/events/link?type=job.*', key)
  for (const changed of [
    url.replace('type=job', 'type=video'),
    url.replace(/\?.*/, ''),
    `${url}&last_event_id=0-00000000`,
    url.replace(/\/api\/.*/, '/api/v1/jobs'),
    url.replace(/\/api\/.*/, `/api/v1/jobs/${jobId}/events`),
  ]) {
    await expectProblem(await server().fetch(changed, null), 403, 'link-invalid')
  }
  const before = server().clock.ms
  server().clock.ms += 3_600_001
  await expectProblem(await server().fetch(url, null), 403, 'link-expired')
  server().clock.ms = before
})

test('the stream of a job has a link, too, for its owner', async () => {
  const { jobId } = await server().furnish(ACME)
  const path = `/api/v1/jobs/${jobId}/events/link`
  const { url } = await linkTo(path, await server().key(ACME, 'read'))
  const stream = await openEvents(server().url + url)
  await stream.ended
  expect(stream.types().at(-1)).toBe('completed')
  const other = await server().key('bravo' as Owner, 'read')
  await expectProblem(await server().fetch(path, other), 404, 'job-not-found')
})

test('an owner sees his own events only, with his key and by his link', async () => {
  const { jobId } = await server().furnish(ACME)
  const bravo = await server().key('bravo' as Owner, 'read')
  const acme = await server().key(ACME, 'read')
  const query = `?job_id=${jobId}`
  const tell = async (path: string, key: string | null) => {
    const response = await server().fetch(path, key, { headers: { Accept: 'application/json' } })
    return ((await response.json()) as { events: { data: { job_id: string } }[] }).events
  }
  const linkOf = async (key: string) => (await linkTo(`/api/v1/events/link${query}`, key)).url
  for (const events of [await tell(`/api/v1/events${query}`, bravo), await tell(await linkOf(bravo), null)]) {
    expect(events).toEqual([])
  }
  for (const events of [await tell(`/api/v1/events${query}`, acme), await tell(await linkOf(acme), null)]) {
    expect(events.length).toBeGreaterThan(0)
    expect(new Set(events.map(({ data }) => data.job_id))).toEqual(new Set([jobId]))
  }
})

test('a key without `read` gets no link', async () => {
  const key = await server().key(ACME, 'write')
  const response = await server().fetch('/api/v1/events/link', key)
  await expectProblem(response, 403, 'forbidden-scope')
})
