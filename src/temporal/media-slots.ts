import type { Client } from '@temporalio/client'
import proto from '@temporalio/proto'
import type { MediaSlots } from '../jobs/ports/repositories.js'
import { CONTROL_QUEUE } from './names.js'

/** What a worker process announces in its identity, which every client of Temporal can read. */
export interface AnnouncedWorker extends MediaSlots {
  /** A restarted worker has the id of the process before it. Contains no spaces. */
  readonly id: string
  /** When the process began: milliseconds since 1970, by the worker's clock. */
  readonly beganMs: number
}

/** The identity of a worker process: its name for operators, then the announcement. */
export function toIdentity(name: string, { id, beganMs, slots, threadsPerSlot }: AnnouncedWorker): string {
  return `${name} worker=${id} began=${beganMs} slots=${slots} threads=${threadsPerSlot}`
}

const ANNOUNCEMENT = / worker=(\S+) began=(\d+) slots=(\d+) threads=(\d+)$/

/** A poller in Temporal's list. */
interface Poller {
  readonly identity: string
  /** When it last began or ended a poll: milliseconds since 1970, by Temporal's clock. */
  readonly seenMs: number
}

type SeenWorker = AnnouncedWorker & Pick<Poller, 'seenMs'>

/**
 * Slots of all living worker processes together; none if there is no worker. Workers are looked up on the queue
 * `control`, which each of them polls all the time: a worker whose slots are all taken does not poll `media`.
 */
export async function findMediaSlots(client: Client, namespace: string): Promise<MediaSlots> {
  const { pollers } = await client.workflowService.describeTaskQueue({
    namespace,
    taskQueue: { name: CONTROL_QUEUE },
    taskQueueType: proto.temporal.api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY,
  })
  return slotsOf(
    pollers.map(({ identity, lastAccessTime }) => ({
      identity: identity ?? '',
      seenMs: Number(lastAccessTime?.seconds ?? 0) * 1000 + (lastAccessTime?.nanos ?? 0) / 1e6,
    })),
  )
}

/**
 * Temporal lists a poller for five minutes after its last poll. A poll takes a minute at most, and a living worker then
 * begins the next one. Ages are relative to the newest poll, so that the clocks of workers and Temporal need not agree.
 */
const ALIVE_MS = 70_000

/** The clocks of a worker and of Temporal may differ by this. */
const CLOCKS_DIFFER_MS = 10_000

/** Slots of the living pollers. */
export function slotsOf(pollers: readonly Poller[]): MediaSlots {
  const newestMs = Math.max(...pollers.map(({ seenMs }) => seenMs))
  const workers = pollers
    .filter(({ seenMs }) => newestMs - seenMs <= ALIVE_MS)
    .flatMap(({ identity, seenMs }): SeenWorker[] => {
      const worker = readAnnounced(identity)
      return worker ? [{ ...worker, seenMs }] : []
    })
  const alive = workers.filter((worker) => !workers.some((other) => isReplacedBy(worker, other)))
  return alive.reduce<MediaSlots>(
    (all, worker) => ({
      slots: all.slots + worker.slots,
      // A pass may run on any of them.
      threadsPerSlot: Math.min(all.threadsPerSlot, worker.threadsPerSlot),
    }),
    { slots: 0, threadsPerSlot: alive[0]?.threadsPerSlot ?? 1 },
  )
}

/** A worker that still polled after another one with its id began was not replaced: both are alive. */
function isReplacedBy({ id, beganMs, seenMs }: SeenWorker, other: AnnouncedWorker): boolean {
  return other.id === id && other.beganMs > beganMs && seenMs <= other.beganMs + CLOCKS_DIFFER_MS
}

function readAnnounced(identity: string): AnnouncedWorker | null {
  const [, id, beganMs, slots, threads] = ANNOUNCEMENT.exec(identity) ?? []
  if (id === undefined) return null
  return { id, beganMs: Number(beganMs), slots: Number(slots), threadsPerSlot: Number(threads) }
}
