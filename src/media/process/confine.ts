import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cpus, release, totalmem } from 'node:os'
import { promisify } from 'node:util'
import { dieWithParent } from '../../die-with-parent.js'
import { isOutOfResources, outOfResources } from '../../errors.js'
import type { Confinement } from '../../jobs/ports/confinement.js'
import { remember } from '../../remember.js'

/** Limits of one media process. */
export interface MediaLimits {
  /** Seconds of processor time, all threads together. */
  readonly cpuSec: number
  /** Memory that the process allocates. */
  readonly memoryBytes: number
  /** Size of each file that it writes. */
  readonly fileBytes: number
}

const GIB = 1024 ** 3

/** For a process that only reads and reports: as long as its activities may take, and no file of its own. */
export const READING: MediaLimits = { cpuSec: 30 * 60, memoryBytes: 2 * GIB, fileBytes: 0 }

/** An attempt ends after a day; a pass is planned with less than 2 GB. */
const RENDERING = {
  cpuSec: 86_400 * cpus().length,
  memoryBytes: Math.max(2 * GIB, Math.min(8 * GIB, 0.75 * totalmem())),
}

/** @param fileBytes what the storage has room for */
export function renderingLimits(fileBytes: number): MediaLimits {
  return { ...RENDERING, fileBytes }
}

/** Where the confining programs are looked for. */
export const CONFINE_PATH = '/usr/bin:/bin'

/** More threads than any machine needs, and fewer than would harm it. */
const MAX_PROCESSES = 1024

/**
 * Open files. ffmpeg holds its inputs, its outputs, what encoders read besides, and its libraries: a pass of 20 joined
 * videos, with 12 renditions and fonts, has less than 100.
 */
const MAX_OPEN_FILES = Math.min(512, ownOpenFiles())

/** What this process may pass on at most: only root may raise it. */
function ownOpenFiles(): number {
  try {
    const [, hard] = /^Max open files +\S+ +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? []
    return hard === undefined ? Infinity : Number(hard)
  } catch {
    return Infinity
  }
}

/**
 * Finds the strictest confinement that works here, by trials on a program that does nothing. Once found, it stays.
 * @throws AppError `out-of-resources` when a trial could not be started: the next call tries again, because a weaker
 *   confinement must not be chosen for a shortage that passes
 */
export const findConfinement = remember(findStrictest)

/** The first Linux that counts the processes of a user in a namespace apart from those outside. */
const COUNTS_APART = [5, 14] as const

const YES_NO = [true, false]

/** Strictest first. Access to the network is the greatest danger, an ffmpeg that outlives its worker the smallest. */
const CANDIDATES: readonly Confinement[] = YES_NO.flatMap((noNetwork) =>
  YES_NO.flatMap((limits) =>
    YES_NO.map((diesWithWorker) => confinementOf(noNetwork, limits, diesWithWorker)),
  ),
)
const NONE = confinementOf(false, false, false)

function confinementOf(noNetwork: boolean, limits: boolean, diesWithWorker: boolean): Confinement {
  const processesUnbounded = whyUnbounded({ noNetwork, limits }, release())
  return { noNetwork, limits, diesWithWorker, processesUnbounded }
}

/**
 * Why the number of processes cannot be limited; null: it can. Where the limit counts all processes of the user
 * (setrlimit(2)), programs that have nothing to do with ffmpeg would use it up.
 */
export function whyUnbounded(
  { noNetwork, limits }: Pick<Confinement, 'noNetwork' | 'limits'>,
  kernel: string,
): string | null {
  if (!limits) return 'prlimit does not work on this machine'
  if (!noNetwork) return 'without a namespace of its own, all processes of the user would be counted'
  const [major = 0, minor = 0] = kernel.split('.').map((part) => Number.parseInt(part, 10))
  const [sinceMajor, sinceMinor] = COUNTS_APART
  if (major > sinceMajor || (major === sinceMajor && minor >= sinceMinor)) return null
  return `before Linux ${COUNTS_APART.join('.')} all processes of the user would be counted`
}

/** Each candidate is tried with both kinds of limits: a limit that we run under may be lower than one of them. */
async function findStrictest(): Promise<Confinement> {
  for (const candidate of CANDIDATES) {
    if ((await works(candidate, READING)) && (await works(candidate, renderingLimits(GIB)))) return candidate
  }
  return NONE
}

const TRIAL = { env: { PATH: CONFINE_PATH }, timeout: 5000, killSignal: 'SIGKILL' } as const
/** A busy machine may refuse a process for a moment. */
const TRIALS = 2

async function works(confinement: Confinement, limits: MediaLimits): Promise<boolean> {
  for (let trial = 1; trial <= TRIALS; trial += 1) {
    try {
      await promisify(execFile)('env', [...confine(confinement, limits), 'true'], TRIAL)
      return true
    } catch (error) {
      if (isOutOfResources(error)) throw outOfResources(error)
    }
  }
  return false
}

/**
 * The words before a command that confine it. The order matters: a namespace is entered first, because its change of
 * credentials would clear the signal that comes when the parent dies.
 */
export function confine(confinement: Confinement, limits: MediaLimits): readonly string[] {
  const { noNetwork, processesUnbounded } = confinement
  return [
    ...(noNetwork ? ['unshare', '--user', '--map-current-user', '--net', '--'] : []),
    ...(confinement.limits ? ['prlimit', ...limitArgs(limits, processesUnbounded === null), '--'] : []),
    ...(confinement.diesWithWorker ? dieWithParent('SIGKILL', ['--no-new-privs']) : []),
  ]
}

function limitArgs({ cpuSec, memoryBytes, fileBytes }: MediaLimits, boundsProcesses: boolean): string[] {
  return [
    // At the second number comes SIGKILL; at the first SIGXCPU, whose exit tells what happened.
    `--cpu=${Math.ceil(cpuSec)}:${Math.ceil(cpuSec) + 5}`,
    `--data=${Math.floor(memoryBytes)}`,
    `--fsize=${Math.max(0, Math.floor(fileBytes))}`,
    '--core=0',
    `--nofile=${MAX_OPEN_FILES}`,
    ...(boundsProcesses ? [`--nproc=${MAX_PROCESSES}`] : []),
  ]
}

/** One line for operators. */
export function describeConfinement(confinement: Confinement): string {
  const { noNetwork, limits, diesWithWorker, processesUnbounded } = confinement
  const exception =
    processesUnbounded === null ? '' : ` except for the number of processes (${processesUnbounded})`
  return [
    noNetwork ? 'without a network' : 'WITH the network (unshare does not work here)',
    limits ? `limited${exception}` : 'WITHOUT limits (prlimit does not work here)',
    diesWithWorker ? 'dies with its worker' : 'OUTLIVES a killed worker (setpriv does not work here)',
  ].join(', ')
}
