import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll } from 'vitest'
import type { HttpConfig } from '../../src/config.js'
import { type ClosableChanges, createChanges } from '../../src/db/changes.js'
import { createLinkSigner } from '../../src/http/access/links.js'
import { createApp } from '../../src/http/app.js'
import { type RunningServer, startServer } from '../../src/http/server.js'
import type { Scope } from '../../src/jobs/access/api-key.js'
import { createKey } from '../../src/jobs/access/manage-keys.js'
import { createUseCases } from '../../src/jobs/create-use-cases.js'
import { posterKey } from '../../src/jobs/keys.js'
import type { JobId, Owner, VideoId } from '../../src/jobs/model.js'
import type { TemplateId } from '../../src/jobs/templates/template.js'
import type { DeliveryId, WebhookId } from '../../src/jobs/webhooks/webhook.js'
import { storeVideo, useDatabase } from '../db/fixtures.js'
import { createWorld, type World } from '../jobs/world.js'
import { newWebhook } from '../support/events/webhooks.js'
import { httpConfig } from '../support/http-config.js'
import { makeAsset, makeOutput, newJob, newPass, newPlan } from '../support/records.js'
import { checkBody } from '../support/same-process.js'

export const LINK_TTL_SEC = 3600

/** The things of one owner: a video with its poster, an asset, and a job with a film and a package. */
export interface Home {
  readonly owner: Owner
  readonly videoId: VideoId
  readonly uploadJobId: JobId
  readonly jobId: JobId
  readonly webhookId: WebhookId
  readonly deliveryId: DeliveryId
  readonly templateId: TemplateId
  readonly asset: string
  /** Storage key. */
  readonly assetFile: string
}

export interface GuardedServer {
  readonly url: string
  /** Root of the store. */
  readonly mediaDir: string
  readonly world: World
  /** The time that links use, in milliseconds since 1970. */
  readonly clock: { ms: number }
  /** Makes a key of the owner. */
  key(owner: Owner, ...scopes: readonly Scope[]): Promise<string>
  fetch(path: string, key: string | null, init?: RequestInit): Promise<Response>
  furnish(owner: Owner): Promise<Home>
}

/** The real application on a real port, which requires keys, for all tests of a file. */
export function useGuardedServer(change: Partial<HttpConfig> = {}): () => GuardedServer {
  const { database, repositories } = useDatabase()
  let dir = ''
  let changes: ClosableChanges | undefined
  let running: RunningServer | undefined
  let server: GuardedServer | undefined
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'cutroom-access-'))
    changes = createChanges(database(), pino({ level: 'silent' }))
    const world = createWorld(dir, repositories(), changes)
    const clock = { ms: Date.now() }
    const config = httpConfig(change)
    const access = { needsKey: true, links: createLinkSigner('secret', LINK_TTL_SEC, () => clock.ms) }
    const useCases = createUseCases(world.deps)
    running = await startServer(
      createApp({ useCases, checkBody, config, access, log: pino({ level: 'silent' }) }),
      config,
    )
    server = describeServer(running.url, join(dir, 'media'), world, clock)
  })
  afterAll(async () => {
    await running?.close()
    await changes?.close()
    await rm(dir, { recursive: true, force: true })
  })
  return () => {
    if (!server) throw new Error('the server is there only while tests run')
    return server
  }
}

function describeServer(url: string, mediaDir: string, world: World, clock: { ms: number }): GuardedServer {
  return {
    url,
    mediaDir,
    world,
    clock,
    key: async (owner, ...scopes) => {
      const { apiKeys } = world.deps.repositories
      return (await createKey(apiKeys, { owner, scopes, expiresAt: null })).text
    },
    fetch: (path, key, init = {}) => {
      const headers = new Headers(init.headers)
      if (key !== null) headers.set('Authorization', `Bearer ${key}`)
      return fetch(url + path, { ...init, headers })
    },
    furnish: (owner) => furnish(world, owner),
  }
}

async function furnish(world: World, owner: Owner): Promise<Home> {
  const { repositories } = world.deps
  const { video, uploadJobId } = await storeVideo(repositories, { owner })
  await repositories.videos.markReady(video.id, video.facts, posterKey(uploadJobId))
  const job = newJob(video.id, { owner })
  await repositories.jobs.create(job, null)
  await repositories.jobs.savePlan(job.id, newPlan([newPass('480p', 1), newPass('hls', 1)]))
  const folder = `processed/${job.id}`
  const master = { filename: 'master.m3u8', filePath: `${folder}/stream/master.m3u8`, container: 'hls' }
  await repositories.passes.complete(job.id, '480p', [makeOutput(job, '480p')])
  await repositories.passes.complete(job.id, 'hls', [makeOutput(job, 'hls', { ...master, width: 0 })])
  await repositories.jobs.finish(job.id, { status: 'completed', errorCode: null, errorMessage: null })
  const webhook = newWebhook({ owner })
  await repositories.webhooks.insert(webhook, 20)
  const deliveryId = await repositories.deliveries.ping(webhook)
  const templateId = uuidv7() as TemplateId
  const content = { name: 'a', description: '', edit: { operations: [] }, valuesSchema: {} }
  await repositories.templates.insert(templateId, owner, content, 1000)
  const asset = makeAsset('logo.png', { owner })
  await repositories.assets.insert(asset)
  for (const key of [
    video.filePath,
    posterKey(uploadJobId),
    asset.filePath,
    `${folder}/480p.mp4`,
    ...['master.m3u8', 'media_0.m3u8', 'segment-1.m4s'].map((name) => `${folder}/stream/${name}`),
  ]) {
    const { path } = await world.receive(`${owner}: ${key}`)
    await world.deps.storage.putFile(key, path, 'replace')
  }
  return {
    owner,
    videoId: video.id,
    uploadJobId,
    jobId: job.id,
    webhookId: webhook.id,
    deliveryId,
    templateId,
    asset: asset.name,
    assetFile: asset.filePath,
  }
}
