import { writeFile } from 'node:fs/promises'
import { constants, setPriority } from 'node:os'
import { setTimeout } from 'node:timers/promises'
import { hasErrorCode } from '../../errors.js'

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
function lowerGroup(pid: number): Promise<void> {
  return insist(() => writeFile(`/proc/${pid}/autogroup`, String(GROUP_NICENESS), { flag: 'r+' }))
}

/**
 * "Not now": the limit of changes, and a process that is entering its namespace, which for that moment belongs to
 * nobody (proc(5), "dumpable").
 */
const PASSING = ['EAGAIN', 'EACCES']

/** No such feature, no such process: all but "not now" is for good. */
export async function insist(write: () => Promise<void>): Promise<void> {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    try {
      await write()
      return
    } catch (error) {
      if (!hasErrorCode(error, ...PASSING)) return
    }
    await setTimeout(PAUSE_MS + Math.random() * PAUSE_MS, undefined, { ref: false })
  }
}
