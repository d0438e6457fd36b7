import { writeFile } from 'node:fs/promises'
import { constants, setPriority } from 'node:os'
import { setTimeout } from 'node:timers/promises'

const NICENESS = constants.priority.PRIORITY_BELOW_NORMAL

/** A third of the time of another group: enough for those that serve, and on a busy machine encodes go on, too. */
const GROUP_NICENESS = 5

/** Linux takes one change of a group every 100 ms from users other than root. */
const MAX_ATTEMPTS = 10
const PAUSE_MS = 120

/** Lets a process that has just begun yield to all others. Where the system does not let us, it does not. */
export function lowerPriority(pid: number): void {
  try {
    setPriority(pid, NICENESS)
  } catch {
    // It has ended already, or must not be changed: not worth failing for.
  }
  void lowerGroup(pid)
}

/**
 * Where Linux groups processes by session (sched(7), "The autogroup feature"), the groups share the processors
 * whatever their members are worth: then the group, too, must yield.
 */
async function lowerGroup(pid: number): Promise<void> {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    try {
      await writeFile(`/proc/${pid}/autogroup`, String(GROUP_NICENESS), { flag: 'r+' })
      return
    } catch (error) {
      // No such feature, no such process, not ours: all but "not now" are for good.
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) return
    }
    await setTimeout(PAUSE_MS + Math.random() * PAUSE_MS, undefined, { ref: false })
  }
}
