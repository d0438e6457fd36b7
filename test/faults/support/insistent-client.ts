import { openAsBlob } from 'node:fs'
import { basename } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const PAUSE_MS = 300
/** Services that are killed again and again are started later and later, and seldom all run at once. */
const LIMIT_MS = 300_000
/** Longer than the API itself waits for a service that is gone. */
const ANSWER_MS = 20_000

export interface Answer {
  readonly status: number
  readonly body: unknown
}

export interface Download {
  readonly status: number
  readonly bytes: Buffer
}

export type InsistentClient = ReturnType<typeof createInsistentClient>

/**
 * A client as docs/reliability.md asks for: it repeats requests that were not answered, with the same Idempotency-Key.
 * @param onAnswer hears of every attempt; null: it had no answer
 */
export function createInsistentClient(
  apiUrl: string,
  onAnswer: (status: number | null) => void = () => undefined,
) {
  const url = (path: string) => new URL(`/api/v1${path}`, apiUrl)

  /** Repeats a request until there is a final answer: anything but no answer, 503 and 429. */
  const insist = async <Read extends { readonly status: number }>(
    path: string,
    init: () => Promise<RequestInit> | RequestInit,
    read: (response: Response) => Promise<Read>,
  ): Promise<Read> => {
    const deadline = performance.now() + LIMIT_MS
    for (;;) {
      const answer = await ask(url(path), await init(), read)
      onAnswer(answer?.status ?? null)
      if (answer !== null && answer.status !== 503 && answer.status !== 429) return answer
      if (performance.now() > deadline) throw new Error(`no answer in time: ${path}`)
      await delay(PAUSE_MS)
    }
  }
  return {
    get: (path: string) => insist(path, () => ({}), readJson),
    post: (path: string, body: unknown, key: string) =>
      insist(
        path,
        () => ({
          method: 'POST',
          headers: { 'content-type': 'application/json', 'idempotency-key': key },
          body: JSON.stringify(body),
        }),
        readJson,
      ),
    delete: (path: string) => insist(path, () => ({ method: 'DELETE' }), readJson),
    download: (path: string, headers: Readonly<Record<string, string>> = {}) =>
      insist(path, () => ({ headers }), readBytes),
    upload: (file: string, key: string) =>
      insist(
        '/upload',
        async () => {
          const form = new FormData()
          form.set('file', await openAsBlob(file), basename(file))
          return { method: 'POST', headers: { 'idempotency-key': key }, body: form }
        },
        readJson,
      ),
  }
}

async function ask<Read>(
  url: URL,
  init: RequestInit,
  read: (response: Response) => Promise<Read>,
): Promise<Read | null> {
  try {
    return await read(await fetch(url, { ...init, signal: AbortSignal.timeout(ANSWER_MS) }))
  } catch {
    // Refused, cut in the middle, or too late: the client cannot know whether its request was accepted.
    return null
  }
}

async function readJson(response: Response): Promise<Answer> {
  const text = await response.text()
  const body: unknown = text === '' ? null : JSON.parse(text)
  return { status: response.status, body }
}

async function readBytes(response: Response): Promise<Download> {
  return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) }
}

/** A text field of an answer. */
export function field(answer: Answer, name: string): string {
  const value = member(answer.body, name)
  if (typeof value !== 'string') throw new Error(`no ${name} in ${JSON.stringify(answer)}`)
  return value
}

/** A field of any parsed JSON; undefined: there is none. */
export function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
