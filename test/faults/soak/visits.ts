import { createHash } from 'node:crypto'
import type { Random } from '../../support/random.js'
import { type Answer, field, member } from '../support/insistent-client.js'
import { count, type Held, type Soak } from './ledger.js'
import { followForAWhile } from './looks.js'

const DELETE_SHARE = 0.3
const RETRY_SHARE = 0.5

/** Looks at a job, and does one of the things that its state allows. */
export async function visit(soak: Soak, random: Random, one: Held, key: string): Promise<void> {
  const answer = await soak.client.get(`/jobs/${one.promised.jobId}`)
  const status = field(answer, 'status')
  switch (status) {
    case 'completed':
      return random.chance(DELETE_SHARE) ? remove(soak, one) : download(soak, one, answer)
    case 'cancelled':
      return random.chance(RETRY_SHARE) ? retry(soak, one, key) : remove(soak, one)
    case 'failed':
      return retry(soak, one, key)
    default:
      if (one.upload === null && random.chance(0.3)) return cancel(soak, one, key)
      return followForAWhile(soak, random, one.promised.jobId)
  }
}

/** The job may have ended before; then it stays as it is. */
export async function cancel({ client, ledger }: Soak, one: Held, key: string): Promise<void> {
  const answer = await client.post(`/jobs/${one.promised.jobId}/cancel`, undefined, key)
  if (answer.status === 202 || answer.status === 200) {
    one.promised = { ...one.promised, mayBeCancelled: true }
    count(ledger.deeds, 'cancelled')
  } else if (isCode(answer, 409, 'job-finished')) {
    count(ledger.deeds, 'cancelled too late')
  } else {
    wrong(ledger, 'cancel', answer)
  }
}

/** Nobody else touches the job: if a repeated request finds it running, the first one was accepted. */
async function retry({ client, ledger }: Soak, one: Held, key: string): Promise<void> {
  const answer = await client.post(`/jobs/${one.promised.jobId}/retry`, undefined, key)
  if (answer.status !== 202 && !isCode(answer, 409, 'job-not-retryable')) {
    wrong(ledger, 'retry', answer)
    return
  }
  one.promised = { ...one.promised, mayBeCancelled: false }
  count(ledger.deeds, 'retried')
}

/** 404 comes when a request whose answer was lost is repeated. A failed job is kept for a while, as are its parts. */
async function remove({ client, ledger }: Soak, one: Held): Promise<void> {
  const path = one.upload === null ? `/jobs/${one.promised.jobId}` : `/videos/${one.upload.videoId}`
  const answer = await client.delete(path)
  if (answer.status !== 204 && answer.status !== 404) {
    wrong(ledger, 'delete', answer)
    return
  }
  one.isDeleted = true
  count(ledger.deeds, 'deleted')
}

/** Fetches the whole file, which must be what was rendered or sent, and a range of it. */
async function download({ client, ledger }: Soak, one: Held, job: Answer): Promise<void> {
  const { upload } = one
  const path = upload === null ? `/jobs/download/${one.promised.jobId}` : `/videos/${upload.videoId}/download`
  const expected = upload === null ? hashesOf(job) : [upload.sha256]
  const whole = await client.download(path)
  const hash = createHash('sha256').update(whole.bytes).digest('hex')
  if (whole.status !== 200 || !expected.includes(hash)) {
    ledger.faults.push(`${path}: ${whole.status} with ${whole.bytes.length} bytes of another hash`)
    return
  }
  const range = await client.download(path, { range: 'bytes=10-109' })
  if (range.status !== 206 || !range.bytes.equals(whole.bytes.subarray(10, 110))) {
    ledger.faults.push(`${path}: ${range.status} with other bytes for a range`)
    return
  }
  count(ledger.deeds, 'downloaded')
}

function hashesOf({ body }: Answer): unknown[] {
  const outputs = member(body, 'outputs')
  return Array.isArray(outputs) ? outputs.map((output) => member(output, 'sha256')) : []
}

function isCode(answer: Answer, status: number, code: string): boolean {
  return answer.status === status && member(answer.body, 'code') === code
}

function wrong({ faults }: Soak['ledger'], what: string, { status, body }: Answer): void {
  faults.push(`${what}: ${status} ${JSON.stringify(body)}`)
}
