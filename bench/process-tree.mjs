import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** Whether the system tells of its processes as Linux does; elsewhere CPU time and memory stay unknown. */
export const CAN_READ_PROCESSES = process.platform === 'linux'

const TICKS_PER_SEC = CAN_READ_PROCESSES ? Number(execFileSync('getconf', ['CLK_TCK'])) : 1
const PAGE_BYTES = CAN_READ_PROCESSES ? Number(execFileSync('getconf', ['PAGESIZE'])) : 1

/** @typedef {ReturnType<typeof parseStat>} ProcessStat */

/**
 * Reads /proc/<pid>/stat.
 * @param {string} text
 * @returns user and system time in seconds, of the process itself and of the children that it has waited for, and its
 *   resident memory in bytes
 */
export function parseStat(text) {
  // The name may hold blanks and brackets; what follows its last bracket does not.
  const [pid] = text.split(' ', 1)
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const seconds = (/** @type {number} */ from, /** @type {number} */ to) =>
    fields.slice(from, to).reduce((sum, field) => sum + Number(field), 0) / TICKS_PER_SEC
  return {
    pid: Number(pid),
    name: text.slice(text.indexOf('(') + 1, text.lastIndexOf(')')),
    parent: Number(fields[1]),
    ownSec: seconds(11, 13),
    childrenSec: seconds(13, 15),
    residentBytes: Number(fields[21]) * PAGE_BYTES,
  }
}

/**
 * The processes of these ids and all that they have started, at any depth.
 * @param {readonly number[]} rootPids
 */
export function readTrees(rootPids) {
  if (!CAN_READ_PROCESSES) return []
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap(readProcess)
  return treesOf(all, rootPids)
}

/**
 * @param {readonly ProcessStat[]} processes
 * @param {readonly number[]} rootPids
 */
export function treesOf(processes, rootPids) {
  const wanted = new Set(rootPids)
  let before
  do {
    before = wanted.size
    for (const { pid, parent } of processes) if (wanted.has(parent)) wanted.add(pid)
  } while (wanted.size > before)
  return processes.filter(({ pid }) => wanted.has(pid))
}

/**
 * CPU seconds of these processes. What processes that have ended used is with the parents that waited for them.
 * @param {readonly ProcessStat[]} processes
 */
export function cpuSecOf(processes) {
  return processes.reduce((sum, { ownSec, childrenSec }) => sum + ownSec + childrenSec, 0)
}

/** @param {readonly ProcessStat[]} processes */
export function residentBytesOf(processes) {
  return processes.reduce((sum, { residentBytes }) => sum + residentBytes, 0)
}

/** CPU seconds of all children that this process has waited for. */
export function reapedCpuSec() {
  return CAN_READ_PROCESSES ? (readProcess('self')[0]?.childrenSec ?? 0) : 0
}

/**
 * @param {string} name a process id, or `self`
 * @returns {ProcessStat[]} none when the process has ended
 */
function readProcess(name) {
  try {
    return [parseStat(readFileSync(`/proc/${name}/stat`, 'utf8'))]
  } catch {
    return []
  }
}
