import type { Client } from '@temporalio/client'
import proto from '@temporalio/proto'
import type { MediaSlots } from '../jobs/ports/repositories.js'
import { MEDIA_QUEUE } from './names.js'

/** A worker tells by its identity, which Temporal shows to all, what it can do at once. */
export function withSlots(identity: string, { slots, threadsPerSlot }: MediaSlots): string {
  return `${identity} slots=${slots} threads=${threadsPerSlot}`
}

const SLOTS = / slots=(\d+) threads=(\d+)$/

/** Of all workers that have asked for passes within the last minutes; no slots: there is none. */
export async function findMediaSlots(client: Client, namespace: string): Promise<MediaSlots> {
  const { pollers } = await client.workflowService.describeTaskQueue({
    namespace,
    taskQueue: { name: MEDIA_QUEUE },
    taskQueueType: proto.temporal.api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY,
  })
  const identities = new Set(pollers.flatMap(({ identity }) => identity ?? []))
  const workers = [...identities].flatMap((identity) => {
    const [, slots, threads] = SLOTS.exec(identity) ?? []
    return slots && threads ? [{ slots: Number(slots), threadsPerSlot: Number(threads) }] : []
  })
  return workers.reduce(
    (all, worker) => ({
      slots: all.slots + worker.slots,
      // A pass may run on any of them.
      threadsPerSlot: Math.min(all.threadsPerSlot, worker.threadsPerSlot),
    }),
    { slots: 0, threadsPerSlot: workers[0]?.threadsPerSlot ?? 1 },
  )
}
