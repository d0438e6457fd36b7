import { mutate } from '../../hostile/mutants.js'
import type { Random } from '../../support/random.js'
import { MAX_ANSWER_MS } from '../form.js'
import { type ApiDocument, drawRequest, type Stock } from './draw-request.js'
import { mutateText } from './mutate-text.js'
import type { SeedFile } from './seed-files.js'

/** What the attackers share. */
export interface Attack {
  readonly apiUrl: string
  readonly key: string
  readonly document: ApiDocument
  readonly stock: Stock
  readonly seeds: readonly [SeedFile, ...SeedFile[]]
  /** Numbers of answers by status and code. */
  readonly answers: Map<string, number>
  /** Answers that should not have come, with what was sent. */
  readonly faults: string[]
  readonly over: AbortSignal
}

/** Enough of a request to know it again; the seed and the number make it anew. */
const SHOWN_CHARS = 300

/** Sends one request after another until the attack is over. */
export async function attack(state: Attack, random: Random): Promise<void> {
  while (!state.over.aborted) {
    if (random.chance(0.35)) await sendFile(state, random)
    else await sendRequest(state, random)
  }
}

async function sendRequest(state: Attack, random: Random): Promise<void> {
  const { method, path, body } = drawRequest(state.document, state.stock, random)
  const headers = body === null ? {} : { 'content-type': 'application/json' }
  const answer = await ask(state, `${method} ${path} ${body ?? ''}`, path, {
    method: method.toUpperCase(),
    headers,
    body,
  })
  remember(state, answer)
}

async function sendFile(state: Attack, random: Random): Promise<void> {
  const seed = random.pick(state.seeds)
  const bytes = seed.isText
    ? Buffer.from(mutateText(seed.bytes.toString(), random))
    : random.chance(0.2)
      ? seed.bytes
      : mutate(seed.bytes, random)
  const isAsset = seed.isText || random.chance(0.6)
  const form = new FormData()
  const name = `${random.whole(0, 1e6)}-${seed.name}`
  if (isAsset) form.set('name', name)
  form.set('file', new Blob([bytes]), name)
  const path = isAsset ? '/api/v1/assets' : '/api/v1/upload'
  const answer = await ask(state, `${path} ${name}`, path, { method: 'POST', body: form })
  remember(state, answer)
  if (isAsset && answer !== null && 'kind' in answer) state.stock.assets.push(name)
}

/** @returns what was answered, when it is JSON of an accepted request */
async function ask(state: Attack, what: string, path: string, init: RequestInit): Promise<object | null> {
  const since = performance.now()
  try {
    const signal = AbortSignal.timeout(MAX_ANSWER_MS)
    const headers = new Headers(init.headers)
    headers.set('authorization', `Bearer ${state.key}`)
    const answer = await fetch(new URL(path, state.apiUrl), { ...init, headers, signal, redirect: 'manual' })
    // Streams of events end when their job does.
    const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream') ?? false
    const text = isStream ? await answer.body?.cancel().then(() => '') : await answer.text()
    const isJson = answer.headers.get('content-type')?.includes('json') ?? false
    const body = isJson && text ? (JSON.parse(text) as object) : null
    const code = body !== null && 'code' in body ? String(body.code) : ''
    count(state, `${answer.status} ${code}`)
    if (answer.status >= 500 && answer.status !== 507)
      fault(state, what, `${answer.status} ${text?.slice(0, 500)}`)
    return answer.ok ? body : null
  } catch (error) {
    fault(state, what, `${String(error)} after ${Math.round(performance.now() - since)} ms`)
    return null
  }
}

function remember({ stock }: Attack, answer: object | null): void {
  if (answer === null) return
  if ('job_id' in answer && typeof answer.job_id === 'string') stock.jobIds.push(answer.job_id)
  if (
    'video_id' in answer &&
    typeof answer.video_id === 'string' &&
    !stock.videoIds.includes(answer.video_id)
  ) {
    stock.videoIds.push(answer.video_id)
  }
}

function count({ answers }: Attack, what: string): void {
  answers.set(what, (answers.get(what) ?? 0) + 1)
}

function fault(state: Attack, what: string, why: string): void {
  count(state, 'fault')
  state.faults.push(`${why} ← ${what.slice(0, SHOWN_CHARS)}`)
}
