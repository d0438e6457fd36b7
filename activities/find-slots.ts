import type { MediaSlots } from '../src/jobs/ports/repositories.js'
import type { ActivityDeps } from './deps.js'

/** Passes that a workflow may have out at once, as activities tell it. */
export interface Places {
  /** Absent in histories of older versions. */
  readonly places?: number
  /** The same number under its older name, which workflows of older versions read. */
  readonly slots: number
}

/** The slots of all workers together, and at least those of this worker. */
export async function findSlots({ orchestrator, ownSlots }: ActivityDeps): Promise<MediaSlots> {
  const seen = await orchestrator.mediaSlots()
  return seen.slots > ownSlots.slots ? seen : ownSlots
}

/** One place per slot, and one for a pass that waits for the next free slot. */
export function placesFor({ slots }: MediaSlots): Required<Places> {
  const places = slots + 1
  return { places, slots: places }
}
