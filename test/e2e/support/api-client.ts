import { openAsBlob } from 'node:fs'
import { basename } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

/** The parts of the wire format that the end-to-end tests look at. */
export interface JobWire {
  readonly job_id: string
  readonly video_id: string
  readonly type: string
  readonly status: 'pending' | 'processing' | 'completed' | 'failed' | 'cancelled'
  readonly progress: number
  readonly stage: string
  readonly eta_seconds: number | null
  readonly created_at: string
  readonly started_at: string | null
  readonly finished_at: string | null
  readonly error_code: string | null
  readonly error_message: string | null
  readonly warnings: readonly { readonly code: string; readonly message: string }[]
  readonly renditions: readonly RenditionWire[]
  readonly outputs: readonly OutputWire[]
  readonly workflow_id: string
  readonly temporal_ui_url: string | null
}

export interface RenditionWire {
  readonly name: string
  readonly status: string
  readonly progress: number
  readonly attempt: number
  readonly error_code: string | null
}

export interface OutputWire {
  readonly processed_video_id: string
  readonly name: string
  readonly width: number
  readonly height: number
  readonly duration: number
  readonly file_size: number
  readonly sha256: string
  readonly download_url: string
  readonly file_url: string
  readonly created_at: string
}

export interface ProblemWire {
  readonly type: string
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly errors?: readonly { readonly pointer: string; readonly message: string }[]
}

const POLL_MS = 50

export type ApiClient = ReturnType<typeof createApiClient>

/** A client of the REST API, as an application would write it. */
export function createApiClient(apiUrl: string) {
  const url = (path: string) => new URL(`/api/v1${path}`, apiUrl)
  const get = async <T>(path: string) => (await (await fetch(url(path))).json()) as T
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(url(path), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  const job = (id: string) => get<JobWire>(`/jobs/${id}`)

  /** Follows a job until the condition holds; `onLook` gets every state on the way. */
  const follow = async (id: string, until: (job: JobWire) => boolean, onLook?: (job: JobWire) => void) => {
    for (;;) {
      const state = await job(id)
      onLook?.(state)
      if (until(state)) return state
      // No event tells of a condition that a test brings itself, so this polls.
      await delay(POLL_MS)
    }
  }
  const ended = (state: JobWire) => ['completed', 'failed', 'cancelled'].includes(state.status)

  const upload = async (path: string, file: string): Promise<Response> => {
    const form = new FormData()
    form.set('file', await openAsBlob(file), basename(file))
    return fetch(url(path), { method: 'POST', body: form })
  }
  return {
    url,
    get,
    post,
    job,
    follow,
    upload,
    followToEnd: (id: string, onLook?: (job: JobWire) => void) => follow(id, ended, onLook),
    /** Posts work and returns the accepted job. */
    submit: async (path: string, body: unknown): Promise<JobWire> => {
      const response = await post(path, body)
      if (response.status !== 202) throw new Error(`${path}: ${response.status} ${await response.text()}`)
      return (await response.json()) as JobWire
    },
    /** Uploads a clip and waits until it is ready; returns the video's id. */
    uploadVideo: async (file: string): Promise<string> => {
      const response = await upload('/upload', file)
      if (response.status !== 202) throw new Error(`upload: ${response.status} ${await response.text()}`)
      const { job_id: id, video_id: videoId } = (await response.json()) as JobWire
      const { status, error_message: message } = await follow(id, ended)
      if (status !== 'completed') throw new Error(`upload job ${status}: ${message}`)
      return videoId
    },
    problem: async (response: Response) => (await response.json()) as ProblemWire,
  }
}
