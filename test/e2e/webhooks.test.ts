import { once } from 'node:events'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test } from 'vitest'
import { type Received, startReceiver, verify } from '../support/events/webhooks.js'
import { until } from '../support/until.js'
import { type ApiClient, createApiClient } from './support/api-client.js'
import { makeClip } from './support/clips.js'
import { type Platform, startPlatform, startWorker } from './support/platform.js'

/** Longer than a call of an endpoint by a worker that was killed counts as running. */
const REPEATED_MS = 60_000

const CLIP = { width: 320, height: 180, seconds: 2 }

let platform: Platform
let api: ApiClient
let videoId: string
beforeAll(async () => {
  process.env['OUTBOUND_ALLOW'] = '127.0.0.1'
  platform = await startPlatform({ env: { NO_WORKER: '1' } })
  api = createApiClient(platform.apiUrl)
  const worker = await startWorker(platform)
  videoId = await api.uploadVideo(await makeClip(join(platform.dataDir, 'clip.mp4'), CLIP))
  worker.kill('SIGKILL')
})
afterAll(async () => {
  delete process.env['OUTBOUND_ALLOW']
  await platform.destroy()
})

afterEach(async () => {
  const { webhooks } = await api.get<{ webhooks: { id: string }[] }>('/webhooks')
  for (const { id } of webhooks) {
    await fetch(new URL(`/api/v1/webhooks/${id}`, platform.apiUrl), { method: 'DELETE' })
  }
})

async function runWorker() {
  const worker = await startWorker(platform)
  const kill = async () => {
    if (worker.exitCode !== null || worker.signalCode !== null) return
    worker.kill('SIGKILL')
    await once(worker, 'exit')
  }
  onTestFinished(kill)
  return kill
}

async function addWebhook(url: string): Promise<{ id: string; secret: string }> {
  const response = await api.post('/webhooks', { url })
  expect(response.status).toBe(201)
  return (await response.json()) as { id: string; secret: string }
}

const submit = () =>
  api.submit('/edits', { video_id: videoId, operations: [{ type: 'mute' }], output: { qualities: ['240p'] } })

/** Types of what has arrived about a job, each event once. */
function typesOf(received: readonly Received[], jobId: string): string[] {
  const events = received.map(({ body }) => JSON.parse(body) as { id: string; type: string; data: object })
  const ofJob = events.filter(({ data }) => 'job_id' in data && data.job_id === jobId)
  return [...new Map(ofJob.map(({ id, type }) => [id, type])).values()].sort()
}

const RUN = ['job.completed', 'job.progress', 'job.started', 'rendition.completed']

test('every event of a job arrives, signed, although another endpoint never answers', async () => {
  await runWorker()
  const [good, stalled] = [await startReceiver(), await startReceiver()]
  stalled.answer = () => undefined
  await addWebhook(stalled.url)
  const { secret } = await addWebhook(good.url)
  const { job_id: jobId } = await submit()
  await until(
    'the job is told',
    () => RUN.every((type) => typesOf(good.received, jobId).includes(type)),
    60_000,
  )
  expect(stalled.received.length).toBeGreaterThan(0)
  for (const request of good.received) {
    expect(verify(request, secret)).toMatchObject({ id: request.headers['webhook-id'] })
  }
})

test('what a job has told is delivered after its worker was killed at its end', async () => {
  const kill = await runWorker()
  const receiver = await startReceiver()
  const { id } = await addWebhook(receiver.url)
  // Nothing is answered until the worker is dead.
  let isAnswering = false
  receiver.answer = (res) => {
    if (isAnswering) res.writeHead(204).end()
  }
  const { job_id: jobId } = await submit()
  await until('the end is written', () => hasEvent(jobId, 'job.completed'), 60_000)
  await kill()
  isAnswering = true
  await runWorker()
  await until(
    'all is delivered',
    async () => {
      const { deliveries } = await api.get<{ deliveries: { status: string }[] }>(`/webhooks/${id}/deliveries`)
      return deliveries.length >= RUN.length && deliveries.every(({ status }) => status === 'delivered')
    },
    REPEATED_MS,
  )
  const told = typesOf(receiver.received, jobId)
  expect(RUN.filter((type) => !told.includes(type))).toEqual([])
  expect(told.filter((type) => type === 'job.completed')).toHaveLength(1)
})

test('a ping that was asked for while no worker ran arrives when one does', async () => {
  const receiver = await startReceiver()
  const { id } = await addWebhook(receiver.url)
  expect((await api.post(`/webhooks/${id}/ping`, undefined)).status).toBe(202)
  await runWorker()
  await until('the ping arrives', () => receiver.received.length > 0, 30_000)
  expect(JSON.parse(receiver.received[0]?.body ?? '')).toMatchObject({
    type: 'ping',
    data: { webhook_id: id },
  })
})

async function hasEvent(jobId: string, type: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: platform.services.databaseUrl })
  await client.connect()
  try {
    const sql = "SELECT 1 FROM events WHERE type = $1 AND data->>'job_id' = $2"
    return (await client.query(sql, [type, jobId])).rows.length > 0
  } finally {
    await client.end()
  }
}
