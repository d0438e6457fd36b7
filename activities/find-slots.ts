import type { MediaSlots } from '../src/jobs/ports/repositories.js'
import type { ActivityDeps } from './deps.js'

/** What all workers can do at once, at least what this one can: it is not seen while it has no slot free for long. */
export async function findSlots({ orchestrator, ownSlots }: ActivityDeps): Promise<MediaSlots> {
  const seen = await orchestrator.mediaSlots()
  return seen.slots > ownSlots.slots ? seen : ownSlots
}

/** Passes of a job to have out at once: one for each slot, and one that waits, for the slot that is free next. */
export function placesFor({ slots }: MediaSlots): number {
  return slots + 1
}
