import { openAsBlob } from 'node:fs'
import { basename } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

/**
 * @import { Job, Plan, Problem, Video } from '../../src/http/console/answers.d.ts'
 * @typedef {ReturnType<typeof createClient>} Client
 */

const POLL_MS = 250

/** A refusal by the API. `code` is the problem's. */
export class ApiError extends Error {
  /** @param {Problem} problem */
  constructor({ detail, title, code }) {
    super(detail ?? title)
    this.code = code
  }
}

/**
 * The calls of the REST API that the scripts make.
 * @param {string} apiUrl
 * @param {string | null} key an API key, where the server asks for one
 */
export function createClient(apiUrl, key = null) {
  const send = createSender(apiUrl, key)
  /** @type {(path: string, file: string, fields?: Record<string, string>) => Promise<unknown>} */
  const sendFile = async (path, file, fields = {}) => {
    const form = new FormData()
    for (const [name, value] of Object.entries(fields)) form.set(name, value)
    form.set('file', await openAsBlob(file), basename(file))
    return send('POST', path, { body: form })
  }
  /** @type {(path: string, body: object) => Promise<unknown>} */
  const sendJson = (path, body) =>
    send('POST', path, { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
  const getJob = async (/** @type {string} */ id) => /** @type {Job} */ (await send('GET', `/jobs/${id}`))
  const follow = createFollow(getJob)
  /** @type {(file: string) => Promise<Job>} */
  const sendUpload = async (file) => /** @type {Job} */ (await sendFile('/upload', file))
  return {
    getJob,
    follow,
    /** Uploads a clip and gives the accepted job. */
    sendUpload,
    /** Uploads a clip and waits until it can be edited. @type {(file: string) => Promise<Video>} */
    upload: async (file) => {
      const { job_id: id, video_id: videoId } = await sendUpload(file)
      const job = await follow(id, () => undefined)
      if (job.status !== 'completed') throw new Error(`${job.error_code}: ${job.error_message}`)
      return /** @type {Video} */ (await send('GET', `/videos/${videoId}`))
    },
    /** @type {(query: Record<string, string>) => Promise<{ jobs: Job[] }>} */
    listJobs: async (query) => {
      const list = await send('GET', `/jobs?${new URLSearchParams(query).toString()}`)
      return /** @type {{ jobs: Job[] }} */ (list)
    },
    /** Makes a webhook for all events. @type {(url: string) => Promise<{ id: string }>} */
    createWebhook: async (url) => /** @type {{ id: string }} */ (await sendJson('/webhooks', { url })),
    pingWebhook: (/** @type {string} */ id) => send('POST', `/webhooks/${id}/ping`),
    cancelJob: (/** @type {string} */ id) => send('POST', `/jobs/${id}/cancel`),
    deleteJob: (/** @type {string} */ id) => send('DELETE', `/jobs/${id}`),
    deleteVideo: (/** @type {string} */ id) => send('DELETE', `/videos/${id}`),
    /** Stores an asset, unless there is one of that name already. @type {(name: string, file: string) => Promise<void>} */
    putAsset: async (name, file) => {
      try {
        await sendFile('/assets', file, { name })
      } catch (error) {
        if (!(error instanceof ApiError && error.code === 'asset-exists')) throw error
      }
    },
    /** Starts what a POST with that body starts. @type {(path: string, body: object) => Promise<Job>} */
    submit: async (path, body) => /** @type {Job} */ (await sendJson(path, body)),
    /** Plans an edit and starts nothing. @type {(edit: object) => Promise<Plan>} */
    plan: async (edit) => /** @type {Plan} */ (await sendJson('/edits', { ...edit, dry_run: true })),
  }
}

/**
 * @param {string} apiUrl
 * @param {string | null} key
 * @returns {(method: string, path: string, init?: { body?: string | FormData, headers?: Record<string, string> })
 *   => Promise<unknown>} gives the body of the answer, null when there is none, and throws an ApiError
 */
function createSender(apiUrl, key) {
  const access = key === null ? undefined : { authorization: `Bearer ${key}` }
  return async (method, path, { body = null, headers } = {}) => {
    const init = { method, body, headers: { ...access, ...headers } }
    const response = await fetch(`${apiUrl}/api/v1${path}`, init)
    /** @type {unknown} */
    const answer = response.status === 204 ? null : await response.json()
    if (!response.ok) throw new ApiError(/** @type {Problem} */ (answer))
    return answer
  }
}

/**
 * @param {(id: string) => Promise<Job>} getJob
 * @returns {(id: string, onChange: (job: Job) => void, pollMs?: number) => Promise<Job>} follows a job to its end
 */
function createFollow(getJob) {
  return async (id, onChange, pollMs = POLL_MS) => {
    for (;;) {
      const job = await getJob(id)
      onChange(job)
      if (!['pending', 'processing'].includes(job.status)) return job
      await delay(pollMs)
    }
  }
}
