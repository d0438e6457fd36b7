import type { Client } from '@temporalio/client'
import proto from '@temporalio/proto'
import type { MediaSlots } from '../jobs/ports/repositories.js'
import { CONTROL_QUEUE } from './names.js'

/** What a worker process says of itself in its identity, which Temporal shows to all. */
export interface WorkerCard extends MediaSlots {
  /** A process that takes the place of another has the same id. Contains no spaces. */
  readonly id: string
  /** Milliseconds since 1970, by the worker's clock. */
  readonly beganMs: number
}

/** The identity of a worker process: its name for operators, then its card. */
export function toIdentity(name: string, { id, beganMs, slots, threadsPerSlot }: WorkerCard): string {
  return `${name} worker=${id} began=${beganMs} slots=${slots} threads=${threadsPerSlot}`
}

const CARD = / worker=(\S+) began=(\d+) slots=(\d+) threads=(\d+)$/

/** A poller as Temporal names it. */
interface Poller {
  readonly identity: string
  /** When it last began or ended a poll: milliseconds since 1970, by Temporal's clock. */
  readonly seenMs: number
}

type SeenWorker = WorkerCard & Pick<Poller, 'seenMs'>

/**
 * Slots of all worker processes that are alive. They are looked up in the queue `control`, because every worker polls
 * it all the time: a worker whose slots are all taken does not poll `media`. No slots: there is no worker.
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
 * Temporal names a poller for five minutes after its last poll. A poll lasts a minute at most, and a worker that is
 * alive then begins the next one. The time of the latest poll stands for the present, so that clocks need not agree.
 */
const ALIVE_MS = 70_000

/** The clocks of a worker and of Temporal may differ by this. */
const CLOCKS_DIFFER_MS = 10_000

/** The slots of the pollers that are alive. */
export function slotsOf(pollers: readonly Poller[]): MediaSlots {
  const newestMs = Math.max(...pollers.map(({ seenMs }) => seenMs))
  const workers = pollers
    .filter(({ seenMs }) => newestMs - seenMs <= ALIVE_MS)
    .flatMap(({ identity, seenMs }): SeenWorker[] => {
      const card = readCard(identity)
      return card ? [{ ...card, seenMs }] : []
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

/** A worker that still polled after the other one with its id had begun is another one that lives. */
function isReplacedBy({ id, beganMs, seenMs }: SeenWorker, other: WorkerCard): boolean {
  return other.id === id && other.beganMs > beganMs && seenMs <= other.beganMs + CLOCKS_DIFFER_MS
}

function readCard(identity: string): WorkerCard | null {
  const [, id, beganMs, slots, threads] = CARD.exec(identity) ?? []
  if (id === undefined) return null
  return { id, beganMs: Number(beganMs), slots: Number(slots), threadsPerSlot: Number(threads) }
}
