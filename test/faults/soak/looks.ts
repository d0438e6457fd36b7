import { openEvents } from '../../support/events/event-stream.js'
import type { Random } from '../../support/random.js'
import { count, type Soak } from './ledger.js'
import { pause } from './pause.js'

const LISTS = [
  '/jobs?limit=20',
  '/jobs?status=failed',
  '/jobs?type=trim&limit=100',
  '/videos?limit=10',
  '/assets',
] as const
const FOLLOW_MS = { min: 100, max: 4000 }

export async function lookAround({ client, ledger }: Soak, random: Random): Promise<void> {
  const path = random.pick(LISTS)
  const { status } = await client.get(path)
  if (status === 200) count(ledger.deeds, 'listed')
  else ledger.faults.push(`${path}: ${status}`)
}

/** Opens a stream of events and drops it, as a closed tab does. It does not retry, because kills cut streams. */
export async function followForAWhile(
  { platform, ledger, over }: Soak,
  random: Random,
  jobId: string,
): Promise<void> {
  const url = new URL(`/api/v1/jobs/${jobId}/events`, platform.apiUrl)
  const stream = await openEvents(url.href).catch(() => null)
  const status = stream?.response.statusCode ?? 503
  if (stream === null || status === 503) {
    stream?.leave()
    count(ledger.deeds, 'stream not opened')
    return
  }
  if (status !== 200 && status !== 204) ledger.faults.push(`${url.pathname}: ${status}`)
  const ended = stream.ended.catch(() => undefined)
  await Promise.race([ended, pause(random.between(FOLLOW_MS.min, FOLLOW_MS.max), over)])
  stream.leave()
  count(ledger.deeds, 'followed')
}
