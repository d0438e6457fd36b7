import { openAsBlob } from 'node:fs'
import { basename } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const POLL_MS = 250

/** The calls of the REST API that the scripts make. `key`: an API key, where the server asks for one. */
export function createClient(apiUrl, key = null) {
  const access = key === null ? {} : { authorization: `Bearer ${key}` }
  const call = async (method, path, body, headers = {}) => {
    const init = { method, body, headers: { ...access, ...headers } }
    const response = await fetch(`${apiUrl}/api/v1${path}`, init)
    const answer = response.status === 204 ? null : await response.json()
    if (!response.ok) throw Object.assign(new Error(answer.detail), { code: answer.code })
    return answer
  }
  const sendFile = async (path, file, fields = {}) => {
    const form = new FormData()
    for (const [name, value] of Object.entries(fields)) form.set(name, value)
    form.set('file', await openAsBlob(file), basename(file))
    return call('POST', path, form)
  }
  const getJob = (id) => call('GET', `/jobs/${id}`)
  return {
    getJob,
    listJobs: (query) => call('GET', `/jobs?${new URLSearchParams(query)}`),
    cancelJob: (id) => call('POST', `/jobs/${id}/cancel`),
    deleteJob: (id) => call('DELETE', `/jobs/${id}`),
    deleteVideo: (id) => call('DELETE', `/videos/${id}`),
    /** Follows a job to its end. */
    async follow(id, onChange, pollMs = POLL_MS) {
      for (;;) {
        const job = await getJob(id)
        onChange(job)
        if (!['pending', 'processing'].includes(job.status)) return job
        await delay(pollMs)
      }
    },
    /** Uploads a clip and gives the accepted job. */
    sendUpload: (file) => sendFile('/upload', file),
    /** Uploads a clip and waits until it can be edited. */
    async upload(file) {
      const { job_id: id, video_id: videoId } = await this.sendUpload(file)
      const job = await this.follow(id, () => undefined)
      if (job.status !== 'completed') throw new Error(`${job.error_code}: ${job.error_message}`)
      return call('GET', `/videos/${videoId}`)
    },
    /** A second demo finds the asset of the first. */
    putAsset: (name, file) =>
      sendFile('/assets', file, { name }).catch((error) => {
        if (error.code !== 'asset-exists') throw error
      }),
    submit: (path, body) => call('POST', path, JSON.stringify(body), { 'content-type': 'application/json' }),
  }
}
