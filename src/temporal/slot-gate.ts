import type { ActivitySlotInfo, CustomSlotSupplier } from '@temporalio/worker'
import type { SlotGate } from '../jobs/ports/repositories.js'

/** Hands out the slots of a worker, and takes them back as soon as what they are for has ended. */
export interface SuppliedGate extends SlotGate {
  readonly supplier: CustomSlotSupplier<ActivitySlotInfo>
}

/**
 * A worker's slots, of which one is free again when an attempt's ffmpeg has ended, and not only when the attempt has:
 * while one file is checked and put in its place the next is being encoded.
 */
export function createSlotGate(slots: number): SuppliedGate {
  const permits = createPermits(slots)
  return {
    enter: () => {
      let hasLeft = false
      return {
        leave: () => {
          if (!hasLeft) permits.addSpare()
          hasLeft = true
        },
        // The SDK gives the permit back a moment later; until then one more is held than there are slots.
        end: () => {
          if (hasLeft) permits.dropSpare()
        },
      }
    },
    supplier: {
      type: 'custom',
      reserveSlot: async (_, abortSignal) => {
        abortSignal.throwIfAborted()
        const isGranted = await new Promise<boolean>((resolve) => {
          const grant = () => resolve(true)
          const giveUp = () => {
            permits.forget(grant)
            resolve(false)
          }
          abortSignal.addEventListener('abort', giveUp, { once: true })
          permits.ask(grant)
        })
        // The very reason, or the SDK takes it for an error of ours and logs it.
        if (!isGranted) abortSignal.throwIfAborted()
        return {}
      },
      tryReserveSlot: () => (permits.tryTake() ? {} : null),
      markSlotUsed: () => undefined,
      releaseSlot: () => permits.giveBack(),
    },
  }
}

/**
 * So many permits, and a spare one for each attempt that needs its own no more; of these at most as many again, so that
 * a slow disk does not gather attempts without end. In the order of asking.
 */
function createPermits(count: number) {
  let held = 0
  let spares = 0
  const waiting = new Set<() => void>()
  const isFree = () => held < count + Math.min(spares, count)
  const letIn = () => {
    for (const grant of waiting) {
      if (!isFree()) return
      waiting.delete(grant)
      held += 1
      grant()
    }
  }
  return {
    ask: (grant: () => void) => {
      waiting.add(grant)
      letIn()
    },
    forget: (grant: () => void) => waiting.delete(grant),
    tryTake: () => {
      if (!isFree()) return false
      held += 1
      return true
    },
    giveBack: () => {
      held -= 1
      letIn()
    },
    addSpare: () => {
      spares += 1
      letIn()
    },
    dropSpare: () => {
      spares -= 1
    },
  }
}
