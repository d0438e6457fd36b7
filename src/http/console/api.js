import { keyHeaders } from './sign-in.js'

const BASE = '/api/v1'

/** An error answer (a problem of RFC 9457), or no answer at all. */
export class ApiError extends Error {
  constructor(problem) {
    super(problem.detail ?? problem.title)
    this.problem = problem
  }
}

export const listVideos = () => send('GET', '/videos?limit=50')
export const deleteVideo = (id) => send('DELETE', `/videos/${id}`)
export const listJobs = () => send('GET', '/jobs?limit=50')
export const cancelJob = (id) => send('POST', `/jobs/${id}/cancel`)
export const createEdit = (edit) => send('POST', '/edits', edit)

/** The health report. Its status is 503 when something does not work. */
export async function checkHealth() {
  const response = await fetch('/health', { headers: keyHeaders() })
  return response.json()
}

async function send(method, path, body) {
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
  const answer = await response.json().catch(() => ({ title: `The server answered ${response.status}` }))
  if (!response.ok) throw new ApiError(answer)
  return answer
}

const UNREACHABLE = {
  title: 'The server does not answer',
  detail: 'It may be starting or stopping. Try again.',
}

/** Uses XMLHttpRequest, because fetch does not report how much has been sent. */
export function upload(file, { onProgress, signal }) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', `${BASE}/upload`)
    for (const [name, value] of Object.entries(keyHeaders())) request.setRequestHeader(name, value)
    request.responseType = 'json'
    request.upload.onprogress = ({ loaded, total }) => onProgress(loaded, total)
    request.onload = () => {
      if (request.status < 300) resolve(request.response)
      else reject(new ApiError(request.response ?? { title: `The server answered ${request.status}` }))
    }
    request.onerror = () => reject(new ApiError(UNREACHABLE))
    request.onabort = () => reject(new DOMException('stopped', 'AbortError'))
    signal.addEventListener('abort', () => request.abort())
    const form = new FormData()
    form.append('file', file)
    request.send(form)
  })
}

/** Not crypto.randomUUID, which exists on https and localhost only. */
function randomKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
}
