import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** Whether the system tells of its processes as Linux does; elsewhere CPU time and memory stay unknown. */
export const CAN_READ_PROCESSES = process.platform === 'linux'

const TICKS_PER_SEC = CAN_READ_PROCESSES ? Number(execFileSync('getconf', ['CLK_TCK'])) : 1
const PAGE_BYTES = CAN_READ_PROCESSES ? Number(execFileSync('getconf', ['PAGESIZE'])) : 1

/**
 * A process of /proc/<pid>/stat: user and system time of its own and of the children that it has waited for,
 * in seconds, and its resident memory in bytes.
 * @param {string} text
 */
export function parseStat(text) {
  // The name may hold blanks and brackets; what follows its last bracket does not.
  const [pid] = text.split(' ', 1)
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const ticks = (from, to) => fields.slice(from, to).reduce((sum, field) => sum + Number(field), 0)
  return {
    pid: Number(pid),
    name: text.slice(text.indexOf('(') + 1, text.lastIndexOf(')')),
    parent: Number(fields[1]),
    ownSec: ticks(11, 13) / TICKS_PER_SEC,
    childrenSec: ticks(13, 15) / TICKS_PER_SEC,
    residentBytes: Number(fields[21]) * PAGE_BYTES,
  }
}

/** The processes of these ids and all that they have started, at any depth. */
export function readTrees(rootPids) {
  if (!CAN_READ_PROCESSES) return []
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap(readProcess)
  return treesOf(all, rootPids)
}

/** @param {ReturnType<typeof parseStat>[]} processes */
export function treesOf(processes, rootPids) {
  const wanted = new Set(rootPids)
  let before
  do {
    before = wanted.size
    for (const { pid, parent } of processes) if (wanted.has(parent)) wanted.add(pid)
  } while (wanted.size > before)
  return processes.filter(({ pid }) => wanted.has(pid))
}

/** What processes that have ended used is with the parents that waited for them. */
export function cpuSecOf(processes) {
  return processes.reduce((sum, { ownSec, childrenSec }) => sum + ownSec + childrenSec, 0)
}

export function residentBytesOf(processes) {
  return processes.reduce((sum, { residentBytes }) => sum + residentBytes, 0)
}

/** CPU seconds of all children that this process has waited for. */
export function reapedCpuSec() {
  return CAN_READ_PROCESSES ? (readProcess('self')[0]?.childrenSec ?? 0) : 0
}

function readProcess(name) {
  try {
    return [parseStat(readFileSync(`/proc/${name}/stat`, 'utf8'))]
  } catch {
    // It ended meanwhile.
    return []
  }
}
