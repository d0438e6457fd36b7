import { openAsBlob } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EXAMPLE_VIDEO_ID, OPERATION_EXAMPLES, OVERLAY_EXAMPLES } from '../../src/edit/operation-examples.js'
import { EXAMPLE_IDS } from '../../src/http/present/examples.js'
import { TEMPLATE_REQUEST_EXAMPLE } from '../../src/http/present/template-examples.js'
import { UPLOAD_TOKEN_EXAMPLE } from '../../src/http/present/upload-examples.js'
import type { Route } from '../../src/http/route.js'
import { routes } from '../../src/http/routes/index.js'
import { type ApiClient, createApiClient, type JobWire } from './support/api-client.js'
import { makeClip } from './support/clips.js'
import { type Platform, startPlatform } from './support/platform.js'

const BUNNY = resolve('test/fixtures/big-buck-bunny-720p-5s.mp4')
const LOGO = resolve('test/fixtures/logo.png')
/** The tus protocol stands in the document as words, since its bodies are no JSON. */
const BYTES = 'two bytes and more'
const TUS_REQUESTS: Readonly<Record<string, RequestInit>> = {
  sendUploadBytes: {
    headers: {
      'tus-resumable': '1.0.0',
      'upload-offset': '0',
      'content-type': 'application/offset+octet-stream',
    },
    body: BYTES.slice(0, 2),
  },
  deleteUpload: { headers: { 'tus-resumable': '1.0.0' } },
}
const CUES = '1\n00:00:00,500 --> 00:00:04,000\nGood morning!\n'

/** Every example of the API's document, sent to the running platform with real ids in place of those of the document. */
describe('the examples of the document', () => {
  let platform: Platform
  let api: ApiClient
  let videoId = ''
  let otherId = ''
  let jobId = ''

  beforeAll(async () => {
    platform = await startPlatform()
    api = createApiClient(platform.apiUrl)
    const clip = await makeClip(join(platform.dataDir, 'clip.mp4'), { width: 320, height: 180, seconds: 4 })
    videoId = await api.uploadVideo(BUNNY)
    otherId = await api.uploadVideo(clip)
    for (const [name, file] of Object.entries({ 'logo.png': LOGO, 'clip.mp4': clip, 'music.mp3': BUNNY })) {
      await addAsset(name, await openAsBlob(file))
    }
    await addAsset('film.srt', new Blob([CUES]))
    jobId = await done({ operations: [], output: { qualities: ['720p', '240p'], packaging: 'hls' } })
  }, 180_000)
  afterAll(() => platform.destroy())

  const addAsset = async (name: string, content: Blob) => {
    const form = new FormData()
    form.set('name', name)
    form.set('file', content, name)
    const response = await fetch(api.url('/assets'), { method: 'POST', body: form })
    expect(response.status, await response.clone().text()).toBe(201)
  }
  const submit = async (body: object): Promise<string> =>
    (await api.submit('/edits', { video_id: videoId, ...body })).job_id
  const done = async (body: object): Promise<string> => {
    const job = await api.followToEnd(await submit(body))
    expect(job).toMatchObject({ status: 'completed' })
    return job.job_id
  }
  const cancelled = async (): Promise<string> => {
    const id = await submit({ output: { qualities: ['2160p'] } })
    await api.post(`/jobs/${id}/cancel`, {})
    return (await api.followToEnd(id)).job_id
  }
  const created = async (path: string, body: object): Promise<string> => {
    const response = await api.post(path, body)
    return ((await response.json()) as { id: string }).id
  }
  const template = async () => ({ template: await created('/templates', TEMPLATE_REQUEST_EXAMPLE) })
  const upload = async () => {
    const response = await api.post('/uploads', { filename: 'film.mp4', size: BYTES.length })
    const { upload_url: url } = (await response.json()) as { upload_url: string }
    return { token: url.split('/').at(-1) ?? '' }
  }
  const hook = () => created('/webhooks', { url: 'https://example.org/cutroom' })

  /** What must be there before a request, and the ids that its example is sent with; the others need nothing. */
  const PREPARED: Readonly<Record<string, () => Promise<Record<string, string>>>> = {
    deleteVideo: async () => ({ video: await api.uploadVideo(BUNNY) }),
    cancelJob: async () => ({ job: await submit({ output: { qualities: ['2160p'] } }) }),
    retryJob: async () => ({ job: await cancelled() }),
    deleteJob: async () => ({ job: await cancelled() }),
    createAsset: async () => {
      await fetch(api.url('/assets/logo.png'), { method: 'DELETE' })
      return {}
    },
    ...Object.fromEntries(
      [
        ...['getWebhook', 'updateWebhook', 'deleteWebhook'],
        ...['rotateWebhookSecret', 'pingWebhook', 'listDeliveries'],
      ].map((name) => [name, async () => ({ webhook: await hook() })]),
    ),
    ...Object.fromEntries(
      ['getTemplate', 'updateTemplate', 'deleteTemplate', 'renderTemplate'].map((name) => [name, template]),
    ),
    ...Object.fromEntries(['getUpload', 'sendUploadBytes', 'deleteUpload'].map((name) => [name, upload])),
    redeliver: async () => ({ delivery: await created(`/webhooks/${await hook()}/ping`, {}) }),
  }

  const withIds = (text: string, ids: Readonly<Record<string, string>>): string =>
    Object.entries({ token: UPLOAD_TOKEN_EXAMPLE, ...EXAMPLE_IDS }).reduce(
      (changed, [name, id]) => changed.replaceAll(id, ids[name] ?? id),
      text,
    )

  const formOf = async (fields: object): Promise<FormData> => {
    const form = new FormData()
    for (const [name, value] of Object.entries(fields)) {
      if (name === 'file')
        form.set(name, await openAsBlob(value === 'logo.png' ? LOGO : BUNNY), String(value))
      else form.set(name, String(value))
    }
    return form
  }

  const send = async (route: Route): Promise<Response> => {
    const ids = { video: videoId, job: jobId, ...(await PREPARED[route.operationId]?.()) }
    const { parameters = {}, body } = route.example ?? {}
    const values = Object.entries(parameters).map(
      ([name, value]) => [name, withIds(String(value), ids)] as const,
    )
    const path = values.reduce((text, [name, value]) => text.replace(`{${name}}`, value), route.path)
    const url = new URL(path, platform.apiUrl)
    const tus = TUS_REQUESTS[route.operationId]
    const headers = new Headers(tus?.headers)
    for (const [name, value] of values) {
      if (name === 'idempotency-key') headers.set(name, `${route.operationId}-${value}`)
      else if (!route.path.includes(`{${name}}`)) url.searchParams.set(name, value)
    }
    const isForm = route.body.content?.type === 'multipart/form-data'
    if (body && !isForm) headers.set('content-type', 'application/json')
    const content = body && (isForm ? await formOf(body) : withIds(JSON.stringify(body), ids))
    const sent = { ...tus, method: route.method.toUpperCase(), headers }
    return fetch(url, content ? { ...sent, body: content } : sent)
  }

  const shown = routes.filter(({ isHidden }) => !isHidden)

  test.each(shown.map((route) => [`${route.method} ${route.path}`, route] as const))(
    '%s',
    async (_name, route) => {
      const response = await send(route)
      const said = response.ok ? '' : await response.text()
      expect(`${response.status} ${said}`).toMatch(/^2\d\d $/)
      await response.body?.cancel()
      // The next routes find what this one has changed as it was.
      if (route.operationId === 'deleteAsset') await addAsset('logo.png', await openAsBlob(LOGO))
    },
    120_000,
  )

  const operations = [
    ...Object.values(OPERATION_EXAMPLES).map(({ operation }) => operation as object),
    ...Object.values(OVERLAY_EXAMPLES),
  ].map((operation) => JSON.stringify(operation))

  test.each(operations)('POST /edits with %s', async (operation) => {
    const body = {
      video_id: videoId,
      operations: [JSON.parse(operation.replaceAll(EXAMPLE_VIDEO_ID, otherId)) as object],
      dry_run: true,
    }
    const response = await api.post('/edits', body)
    expect(`${response.status} ${response.ok ? '' : await response.text()}`).toBe('200 ')
  })

  test('jobs that the examples have begun can end', async () => {
    const { jobs } = await api.get<{ jobs: JobWire[] }>('/jobs?limit=100')
    const running = jobs.filter(({ status }) => status === 'pending' || status === 'processing')
    for (const { job_id: id } of running) await api.post(`/jobs/${id}/cancel`, {})
    for (const { job_id: id } of running) expect((await api.followToEnd(id)).status).not.toBe('failed')
  }, 120_000)
})
