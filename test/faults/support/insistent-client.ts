import { openAsBlob } from 'node:fs'
import { basename } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const PAUSE_MS = 300
/** An API that is killed, restarted and not ready yet is away for this long at most. */
const LIMIT_MS = 120_000
/** Above what the API itself waits for a service that is gone. */
const ANSWER_MS = 20_000

export interface Answer {
  readonly status: number
  readonly body: unknown
}

export type InsistentClient = ReturnType<typeof createInsistentClient>

/** A client as docs/reliability.md wants it: it repeats what was not answered, with the same Idempotency-Key. */
export function createInsistentClient(apiUrl: string) {
  const url = (path: string) => new URL(`/api/v1${path}`, apiUrl)

  /** Asks until there is an answer that stands: anything but no answer, 503 and 429. */
  const insist = async (path: string, init: () => Promise<RequestInit> | RequestInit): Promise<Answer> => {
    const deadline = performance.now() + LIMIT_MS
    for (;;) {
      const answer = await ask(url(path), await init())
      if (answer !== null && answer.status !== 503 && answer.status !== 429) return answer
      if (performance.now() > deadline) throw new Error(`no answer in time: ${path}`)
      await delay(PAUSE_MS)
    }
  }
  return {
    get: (path: string) => insist(path, () => ({})),
    post: (path: string, body: unknown, key: string) =>
      insist(path, () => ({
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify(body),
      })),
    delete: (path: string) => insist(path, () => ({ method: 'DELETE' })),
    upload: (file: string, key: string) =>
      insist('/upload', async () => {
        const form = new FormData()
        form.set('file', await openAsBlob(file), basename(file))
        return { method: 'POST', headers: { 'idempotency-key': key }, body: form }
      }),
  }
}

async function ask(url: URL, init: RequestInit): Promise<Answer | null> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(ANSWER_MS) })
    const text = await response.text()
    const body: unknown = text === '' ? null : JSON.parse(text)
    return { status: response.status, body }
  } catch {
    // Refused, cut in the middle, or too late: the client cannot know whether its request was taken.
    return null
  }
}

/** A text field of an answer. */
export function field(answer: Answer, name: string): string {
  const { body } = answer
  const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined
  if (typeof value !== 'string') throw new Error(`no ${name} in ${JSON.stringify(answer)}`)
  return value
}
