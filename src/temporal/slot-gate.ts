import type { ActivitySlotInfo, CustomSlotSupplier } from '@temporalio/worker'
import type { SlotGate } from '../jobs/ports/repositories.js'

/** Grants the slots of a worker, and takes each back as soon as its ffmpeg has ended. */
export interface SuppliedGate extends SlotGate {
  readonly supplier: CustomSlotSupplier<ActivitySlotInfo>
}

/**
 * A worker's slots. A slot is free again when the attempt's ffmpeg has ended, not only when the attempt has: while one
 * file is checked and stored, the next is being encoded.
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
        // The SDK gives the permit back a moment later; until then more permits are held than there are slots.
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
        // It must be the signal's own reason: the SDK logs anything else as an error.
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
 * Grants `count` permits, in the order of the requests, and a spare one for each attempt whose ffmpeg has ended. There
 * are at most `count` spares, so that attempts do not pile up on a slow disk.
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
