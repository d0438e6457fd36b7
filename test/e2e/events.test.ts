import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { openEvents } from '../support/events/event-stream.js'
import { until } from '../support/until.js'
import { type ApiClient, createApiClient } from './support/api-client.js'
import { makeClip } from './support/clips.js'
import { type Platform, startPlatform, startReplica } from './support/platform.js'

const CLIP = { width: 320, height: 180, seconds: 4 }

let platform: Platform
let api: ApiClient
let videoId: string
beforeAll(async () => {
  platform = await startPlatform()
  api = createApiClient(platform.apiUrl)
  videoId = await api.uploadVideo(await makeClip(join(platform.dataDir, 'clip.mp4'), CLIP))
})
afterAll(() => platform.destroy())

async function useReplica() {
  const replica = await startReplica(platform)
  const kill = async () => {
    if (replica.process.exitCode !== null || replica.process.signalCode !== null) return
    replica.process.kill('SIGKILL')
    await once(replica.process, 'exit')
  }
  onTestFinished(kill)
  return { url: replica.url, kill }
}

const submit = (mark: string) =>
  api.submit('/overlay', { video_id: videoId, overlay_type: 'text', content: mark })

interface Listed {
  readonly id: string
  readonly type: string
}
async function listed(query: string): Promise<Listed[]> {
  const response = await fetch(api.url(`/events?${query}`), { headers: { Accept: 'application/json' } })
  return ((await response.json()) as { events: Listed[] }).events
}

test('a stream of one replica has the events of a job of another; when it is killed, the other goes on', async () => {
  const replica = await useReplica()
  const first = await openEvents(`${replica.url}/api/v1/events?type=job.*,rendition.*`)
  await until('the stream has begun', () => first.text().includes('\nid: '))
  const { job_id: jobId } = await submit('replicas')
  await until('the replica tells', () => first.types().includes('job.started'), 30_000)
  await replica.kill()
  await first.ended.catch(() => undefined)
  const seen = first.events()
  const second = await openEvents(`${platform.apiUrl}/api/v1/events?type=job.*,rendition.*`, {
    'Last-Event-ID': seen.at(-1)?.id ?? '',
  })
  await until('the other tells the rest', () => second.types().includes('job.completed'), 60_000)
  const told = [...seen, ...second.events()].map(({ data }) => data)
  second.leave()
  expect(told).toEqual(await listed(`job_id=${jobId}`))
  expect(told.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['job.started', 'rendition.completed', 'job.completed']),
  )
})

test('the stream of a job is the same on each replica', async () => {
  const replica = await useReplica()
  const { job_id: jobId } = await submit('one job')
  const streams = await Promise.all(
    [platform.apiUrl, replica.url].map((url) => openEvents(`${url}/api/v1/jobs/${jobId}/events`)),
  )
  for (const stream of streams) {
    await stream.ended
    const types = stream.types()
    expect([types.at(-1), types.filter((type) => type === 'output').length]).toEqual(['completed', 1])
  }
})
