import { writeFile } from 'node:fs/promises'
import { constants, setPriority } from 'node:os'
import { setTimeout } from 'node:timers/promises'
import { hasErrorCode } from '../../errors.js'

const NICENESS = constants.priority.PRIORITY_BELOW_NORMAL

/** The group gets a third of the time of another one: others answer quickly, and encodes go on on a busy machine. */
const GROUP_NICENESS = 5

/** Linux accepts one change of a group every 100 ms from users other than root. */
const MAX_ATTEMPTS = 10
const PAUSE_MS = 120

/** Makes a process that has just started yield to all others, where the system lets us. */
export function lowerPriority(pid: number): void {
  try {
    setPriority(pid, NICENESS)
  } catch {
    // The process has ended already, or we may not change it: no reason to fail.
  }
  void lowerGroup(pid)
}

/**
 * Where Linux groups processes by session (sched(7), "The autogroup feature"), the groups share the processors
 * whatever the priorities of their members, so the group must yield as well.
 */
function lowerGroup(pid: number): Promise<void> {
  return insist(() => writeFile(`/proc/${pid}/autogroup`, String(GROUP_NICENESS), { flag: 'r+' }))
}

/**
 * Errors that pass: the limit of changes; a process that is entering its namespace and has no owner for that moment
 * (proc(5), "dumpable"); no file descriptor left.
 */
const PASSING = ['EAGAIN', 'EACCES', 'EMFILE', 'ENFILE']

/** Tries again after an error that passes. Any other (no such feature, no such process) ends it quietly. */
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
