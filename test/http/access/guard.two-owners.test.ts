import { v7 as uuidv7 } from 'uuid'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Route } from '../../../src/http/route.js'
import { routes } from '../../../src/http/routes/index.js'
import type { JobId, Owner, VideoId } from '../../../src/jobs/model.js'
import type { TemplateId } from '../../../src/jobs/templates/template.js'
import type { DeliveryId, WebhookId } from '../../../src/jobs/webhooks/webhook.js'
import { type Home, useGuardedServer } from '../guarded-server.js'
import { expectProblem, type Problem, readJson } from '../support.js'
import { BODIES, OTHER_BODIES } from './bodies.js'

/** Made from the route table: a new route is tested, or fails until this file knows its parameters. */
const server = useGuardedServer()
const ACME = 'acme' as Owner
const BRAVO = 'bravo' as Owner

let acme: Home
/** Ids that never existed. */
let nobody: Home
const keys = { acme: '', bravo: '', reader: '', writer: '', admin: '' }
beforeAll(async () => {
  acme = await server().furnish(ACME)
  nobody = {
    owner: ACME,
    videoId: uuidv7() as VideoId,
    uploadJobId: uuidv7() as JobId,
    jobId: uuidv7() as JobId,
    webhookId: uuidv7() as WebhookId,
    deliveryId: uuidv7() as DeliveryId,
    templateId: uuidv7() as TemplateId,
    asset: 'none.png',
    assetFile: 'asset-files/none',
  }
  keys.acme = await server().key(ACME, 'read', 'write')
  keys.bravo = await server().key(BRAVO, 'read', 'write')
  keys.reader = await server().key(ACME, 'read')
  keys.writer = await server().key(ACME, 'write')
  keys.admin = await server().key(ACME, 'admin')
})

const guarded = routes.filter(({ scope }) => scope !== 'open')
const named = (list: readonly Route[]) =>
  list.map((route) => [`${route.method} ${route.path}`, route] as const)

/** The path of the route with the ids of `home`. */
function pathOf({ path }: Route, home: Home): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const id = idIn(path, home)
    if (path.includes('/assets/') && name === 'name') return home.asset
    if (path.startsWith('/uploads/') && name === 'filename') return `${home.videoId}.mp4`
    if (path.startsWith('/processed/') && name === 'folder') return 'stream'
    if (path.startsWith('/processed/') && name === 'filename') {
      return path.includes('{folder}') ? 'segment-1.m4s' : '480p.mp4'
    }
    if (path.includes('/outputs/') && name === 'name') return 'hls'
    if (name === 'id' || name === 'job_id') return id
    throw new Error(`${path}: what is ${name}?`)
  })
}

function idIn(path: string, home: Home): string {
  if (path.includes('/videos/')) return home.videoId
  if (path.includes('/webhooks/deliveries/')) return home.deliveryId
  if (path.includes('/templates/')) return home.templateId
  return path.includes('/webhooks/') ? home.webhookId : home.jobId
}

function initOf({ method, operationId, body }: Route, home: Home): RequestInit {
  if (body.content?.type !== 'application/json') return { method }
  const fields = BODIES[operationId]?.(home) ?? OTHER_BODIES[operationId]
  if (!fields) throw new Error(`what is a body of ${operationId}?`)
  return {
    method: method.toUpperCase(),
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(fields),
  }
}

const send = (route: Route, key: string | null, home: Home) =>
  server().fetch(pathOf(route, home), key, initOf(route, home))

/** Routes that name a thing of an owner, in their path or their body. */
const naming = guarded.filter(({ path, operationId }) => path.includes('{') || operationId in BODIES)
const others = guarded.filter((route) => !naming.includes(route))

test('every route has a scope, and only the routes of the service itself are open', () => {
  // The token in their path is the right to one upload.
  const unsigned = routes.filter(({ path }) => !path.includes('{token}'))
  expect(new Set(unsigned.flatMap(({ scope, tag }) => (scope === 'open' ? [tag] : [])))).toEqual(
    new Set(['System']),
  )
  expect(naming.length).toBeGreaterThan(20)
})

describe.each(named(guarded))('%s', (_name, route) => {
  const isRead = route.method === 'get'

  test('answers 401 without a key, whatever it names', async () => {
    for (const home of [acme, nobody]) {
      const response = await send(route, null, home)
      expect(response.headers.get('www-authenticate')).toBe('Bearer realm="cutroom"')
      await expectProblem(response, 401, 'unauthenticated')
    }
  })

  test('answers 401 with an invalid key', async () => {
    for (const key of ['x', `cut_0123456789abcdef_${'A'.repeat(43)}`]) {
      const response = await send(route, key, acme)
      expect(response.headers.get('www-authenticate')).toBe('Bearer realm="cutroom", error="invalid_token"')
      await expectProblem(response, 401, 'unauthenticated')
    }
  })

  test('answers 403 with a key of another scope', async () => {
    expect(route.scope).toBe(isRead ? 'read' : 'write')
    await expectProblem(await send(route, isRead ? keys.writer : keys.reader, acme), 403, 'forbidden-scope')
  })
})

describe.each(named(naming))('%s with the ids of another owner', (_name, route) => {
  test('answers 404, as if they did not exist', async () => {
    const tell = async (home: Home): Promise<Partial<Problem>> => {
      const response = await send(route, keys.bravo, home)
      expect(response.status).toBe(404)
      const { code, title, detail } = (await response.json()) as Problem
      const ids = new RegExp(
        [home.videoId, home.jobId, home.webhookId, home.deliveryId, home.templateId, home.asset].join('|'),
        'g',
      )
      return { code, title, detail: detail.replaceAll(ids, '<id>') }
    }
    expect(await tell(acme)).toEqual(await tell(nobody))
  })
})

describe('routes that name nothing', () => {
  test('are all known here: for a new one, add how it separates owners', () => {
    expect(others.map(({ operationId }) => operationId).sort()).toEqual([
      'createAsset',
      'createTemplate',
      'createUpload',
      'createWebhook',
      'followEvents',
      'getUsage',
      'linkEvents',
      'listAssets',
      'listJobs',
      'listTemplates',
      'listVideos',
      'listWebhooks',
      'uploadVideo',
    ])
  })

  test("list only the owner's things", async () => {
    const list = async (path: string, key: string) => readJson(await server().fetch(`/api/v1/${path}`, key))
    expect(await list('videos', keys.bravo)).toMatchObject({ videos: [], total: 0 })
    expect(await list('jobs', keys.bravo)).toEqual({ jobs: [], next_cursor: null })
    expect(await list(`jobs?video_id=${acme.videoId}`, keys.bravo)).toMatchObject({ jobs: [] })
    expect(await list('assets', keys.bravo)).toEqual({ assets: [] })
    expect(await list('webhooks', keys.bravo)).toEqual({ webhooks: [] })
    expect(await list('templates', keys.bravo)).toEqual({ templates: [] })
    expect(await list('templates', keys.acme)).toMatchObject({ templates: [{ id: acme.templateId }] })
    expect(await list('webhooks', keys.acme)).toMatchObject({ webhooks: [{ id: acme.webhookId }] })
    expect(await list('videos', keys.acme)).toMatchObject({ total: 1, videos: [{ id: acme.videoId }] })
    expect(await list('assets', keys.acme)).toMatchObject({ assets: [{ name: acme.asset }] })
  })

  test('count what the owner has, and nothing of others', async () => {
    const tell = async (key: string) => readJson(await server().fetch('/api/v1/usage', key))
    const ofAcme = await tell(keys.acme)
    expect(ofAcme['stored_bytes']).toMatchObject({ limit: null })
    expect(ofAcme['stored_bytes']).not.toMatchObject({ used: 0 })
    expect(await tell(keys.admin)).toEqual(await tell(keys.acme))
    const nothing = await server().key('charlie' as Owner, 'read')
    expect(await tell(nothing)).toMatchObject({
      queued_jobs: { used: 0 },
      stored_bytes: { used: 0 },
      sent_bytes_today: { used: 0 },
    })
  })

  test('create things of the owner, even under a name that another owner uses', async () => {
    const form = new FormData()
    form.set('file', new Blob(['bravo logo']), 'logo.png')
    const made = await server().fetch('/api/v1/assets', keys.bravo, { method: 'POST', body: form })
    expect(made.status).toBe(201)
    const read = async (key: string) => (await server().fetch('/api/v1/assets/logo.png/download', key)).text()
    expect(await read(keys.bravo)).toBe('bravo logo')
    expect(await read(keys.acme)).toContain('acme')
    const gone = await server().fetch('/api/v1/assets/logo.png', keys.bravo, { method: 'DELETE' })
    expect(gone.status).toBe(204)
    expect(await read(keys.acme)).toContain('acme')
  })

  test('remember idempotency keys for each owner', async () => {
    const bravo = await server().furnish(BRAVO)
    const jobs = await Promise.all(
      [[keys.acme, acme] as const, [keys.bravo, bravo] as const].map(async ([key, home]) => {
        const body = JSON.stringify({ video_id: home.videoId, qualities: ['480p'] })
        const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': 'same' }
        const response = await server().fetch('/api/v1/quality', key, { method: 'POST', headers, body })
        expect(response.status).toBe(202)
        return readJson(response)
      }),
    )
    expect(jobs.map((job) => job['video_id'])).toEqual([acme.videoId, bravo.videoId])
  })
})

describe.each(named(naming.filter(({ method }) => method === 'get')))('%s', (_name, route) => {
  test('is open to the owner, and to a key with admin', async () => {
    for (const key of [keys.acme, keys.reader, keys.admin]) {
      const response = await send(route, key, acme)
      expect(response.status).toBe(200)
      await response.arrayBuffer()
    }
  })
})

test('health tells everyone whether all is well, and only a key which check fails', async () => {
  const health = async (key: string | null) => readJson(await server().fetch('/health', key))
  expect(await health(null)).toMatchObject({ status: 'ok', checks: null, ffmpeg_confinement: null })
  expect(await health('x')).toMatchObject({ status: 'ok', checks: null })
  expect(await health(keys.reader)).toMatchObject({ checks: { database: { ok: true } } })
})

test("only admin gets the link to the orchestrator's page, which shows the jobs of all owners", async () => {
  const { orchestrator } = server().world
  orchestrator.uiUrl = (id) => `http://temporal/${id}`
  const page = async (key: string) =>
    (await readJson(await server().fetch(`/api/v1/jobs/${acme.jobId}`, key)))['temporal_ui_url']
  expect(await page(keys.acme)).toBeNull()
  expect(await page(keys.admin)).toBe(`http://temporal/edit-${acme.jobId}`)
})

test('a key is refused from the moment it is revoked', async () => {
  const key = await server().key(ACME, 'read')
  const look = () => server().fetch('/api/v1/videos', key)
  expect((await look()).status).toBe(200)
  await server().world.deps.repositories.apiKeys.revoke(key.split('_')[1] ?? '', new Date())
  await expectProblem(await look(), 401, 'unauthenticated')
})
