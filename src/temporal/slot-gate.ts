import type { ActivitySlotInfo, CustomSlotSupplier, SlotPermit } from '@temporalio/worker'
import type { SlotGate } from '../jobs/ports.js'

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
      reserveSlot: (_, abortSignal) =>
        new Promise<SlotPermit>((resolve, reject) => {
          const grant = () => {
            abortSignal.removeEventListener('abort', giveUp)
            resolve({})
          }
          const giveUp = () => {
            permits.forget(grant)
            reject(abortError())
          }
          abortSignal.addEventListener('abort', giveUp, { once: true })
          permits.ask(grant)
        }),
      tryReserveSlot: () => (permits.tryTake() ? {} : null),
      markSlotUsed: () => undefined,
      releaseSlot: () => permits.giveBack(),
    },
  }
}

/** So many permits, and a spare one for each attempt that needs its own no more; in the order of asking. */
function createPermits(count: number) {
  let left = count
  const waiting = new Set<() => void>()
  const change = (by: number) => {
    left += by
    for (const grant of waiting) {
      if (left <= 0) return
      waiting.delete(grant)
      left -= 1
      grant()
    }
  }
  return {
    ask: (grant: () => void) => {
      waiting.add(grant)
      change(0)
    },
    forget: (grant: () => void) => waiting.delete(grant),
    tryTake: () => {
      if (left <= 0) return false
      left -= 1
      return true
    },
    giveBack: () => change(1),
    addSpare: () => change(1),
    dropSpare: () => change(-1),
  }
}

/** What the SDK knows a request by that it has taken back. */
function abortError(): Error {
  const error = new Error('The slot is not needed any more')
  error.name = 'AbortError'
  return error
}
