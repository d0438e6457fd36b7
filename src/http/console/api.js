import { keyHeaders } from './sign-in.js'

/** @import { Health, Job, Problem, Video } from './answers.d.ts' */

const BASE = '/api/v1'

/** An error answer (a problem of RFC 9457), or no answer at all. */
export class ApiError extends Error {
  /** @param {Problem} problem */
  constructor(problem) {
    super(problem.detail ?? problem.title)
    this.problem = problem
  }
}

/** @returns {Promise<{ videos: Video[] }>} */
export async function listVideos() {
  return /** @type {{ videos: Video[] }} */ (await send('GET', '/videos?limit=50'))
}

/** @returns {Promise<{ jobs: Job[] }>} */
export async function listJobs() {
  return /** @type {{ jobs: Job[] }} */ (await send('GET', '/jobs?limit=50'))
}

export const deleteVideo = (/** @type {string} */ id) => send('DELETE', `/videos/${id}`)
export const cancelJob = (/** @type {string} */ id) => send('POST', `/jobs/${id}/cancel`)
export const createEdit = (/** @type {object} */ edit) => send('POST', '/edits', edit)

/**
 * The health report. Its status is 503 when something does not work.
 * @returns {Promise<Health>}
 */
export async function checkHealth() {
  const response = await fetch('/health', { headers: keyHeaders() })
  return /** @type {Health} */ (await readJson(response))
}

/**
 * @param {string} method
 * @param {string} path
 * @param {object} [body]
 * @returns {Promise<unknown>} the answer's body; null when it has none
 */
async function send(method, path, body) {
  /** @type {RequestInit & { headers: Record<string, string> }} */
  const options = { method, headers: { Accept: 'application/json', ...keyHeaders() } }
  if (body !== undefined) {
    options.body = JSON.stringify(body)
    options.headers['Content-Type'] = 'application/json'
    // A request that an unreliable network sends twice still creates one edit.
    options.headers['Idempotency-Key'] = randomKey()
  }
  const response = await fetch(BASE + path, options).catch(() => {
    throw new ApiError(UNREACHABLE)
  })
  if (response.status === 204) return null
  const answer = await readJson(response).catch(() => ({ title: `The server answered ${response.status}` }))
  if (!response.ok) throw new ApiError(/** @type {Problem} */ (answer))
  return answer
}

/**
 * @param {Response} response
 * @returns {Promise<unknown>}
 */
function readJson(response) {
  return response.json()
}

const UNREACHABLE = {
  title: 'The server does not answer',
  detail: 'It may be starting or stopping. Try again.',
}

/**
 * Uses XMLHttpRequest, because fetch does not report how much has been sent.
 * @param {File} file
 * @param {{ onProgress: (loaded: number, total: number) => void, signal: AbortSignal }} options
 * @returns {Promise<void>}
 */
export function upload(file, { onProgress, signal }) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', `${BASE}/upload`)
    for (const [name, value] of Object.entries(keyHeaders())) request.setRequestHeader(name, value)
    request.responseType = 'json'
    request.upload.onprogress = ({ loaded, total }) => onProgress(loaded, total)
    request.onload = () => {
      const answer = /** @type {Problem | null} */ (responseOf(request))
      if (request.status < 300) resolve()
      else reject(new ApiError(answer ?? { title: `The server answered ${request.status}` }))
    }
    request.onerror = () => reject(new ApiError(UNREACHABLE))
    request.onabort = () => reject(new DOMException('stopped', 'AbortError'))
    signal.addEventListener('abort', () => request.abort())
    const form = new FormData()
    form.append('file', file)
    request.send(form)
  })
}

/**
 * @param {XMLHttpRequest} request
 * @returns {unknown} null when the answer is no JSON
 */
function responseOf(request) {
  return request.response
}

/** Not crypto.randomUUID, which exists on https and localhost only. */
function randomKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
}
