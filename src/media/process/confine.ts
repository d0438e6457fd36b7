import { execFile } from 'node:child_process'
import { cpus, release, totalmem } from 'node:os'
import { promisify } from 'node:util'
import type { Confinement } from '../../jobs/ports/confinement.js'

export interface MediaLimits {
  /** Of all its threads together. */
  readonly cpuSec: number
  /** Memory of its own. */
  readonly memoryBytes: number
  /** Of each file that it writes. */
  readonly fileBytes: number
}

const GIB = 1024 ** 3

/** What only reads and tells. It is given as long as its activities may take, and must not write any file. */
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

/** Where the programs are that confine. */
export const CONFINE_PATH = '/usr/bin:/bin'

/** More threads than any machine needs, and fewer than would harm it. */
const MAX_PROCESSES = 1024

let found: Promise<Confinement> | undefined

/** Finds the strictest that works, on a program that does nothing, and stays with it. */
export function findConfinement(): Promise<Confinement> {
  return (found ??= findStrictest())
}

/** The first Linux that counts the processes of a user in a namespace apart from those outside. */
const COUNTS_APART = [5, 14] as const

const YES_NO = [true, false]

/** In the order in which they are wanted: the network is the worst to have, a killed worker's ffmpeg the least. */
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

/** Where all processes of the user count, a bound would be met by what has nothing to do with it: setrlimit(2). */
export function whyUnbounded(
  { noNetwork, limits }: Pick<Confinement, 'noNetwork' | 'limits'>,
  kernel: string,
): string | null {
  if (!limits) return 'prlimit does not work here'
  if (!noNetwork) return 'without a namespace of its own all processes of the user would count'
  const [major = 0, minor = 0] = kernel.split('.').map((part) => Number.parseInt(part, 10))
  const [sinceMajor, sinceMinor] = COUNTS_APART
  if (major > sinceMajor || (major === sinceMajor && minor >= sinceMinor)) return null
  return `before Linux ${COUNTS_APART.join('.')} all processes of the user would count`
}

/** Together and with the limits of both kinds: a limit of our own may be lower than one of them. */
async function findStrictest(): Promise<Confinement> {
  for (const candidate of CANDIDATES) {
    if ((await works(candidate, READING)) && (await works(candidate, renderingLimits(GIB)))) return candidate
  }
  return NONE
}

const TRIAL = { env: { PATH: CONFINE_PATH }, timeout: 5000, killSignal: 'SIGKILL' } as const
/** A machine that is busy may refuse a process for a moment. */
const TRIALS = 2

async function works(confinement: Confinement, limits: MediaLimits): Promise<boolean> {
  for (let trial = 1; trial <= TRIALS; trial += 1) {
    const run = promisify(execFile)('env', [...confine(confinement, limits), 'true'], TRIAL)
    const isFine = await run.then(
      () => true,
      () => false,
    )
    if (isFine) return true
  }
  return false
}

/**
 * The words before a command that confine it. The order matters: a namespace is entered first, as its change of
 * credentials would clear the signal that comes when the parent dies.
 */
export function confine(confinement: Confinement, limits: MediaLimits): readonly string[] {
  const { noNetwork, processesUnbounded } = confinement
  return [
    ...(noNetwork ? ['unshare', '--user', '--map-current-user', '--net', '--'] : []),
    ...(confinement.limits ? ['prlimit', ...limitArgs(limits, processesUnbounded === null), '--'] : []),
    ...(confinement.diesWithWorker ? ['setpriv', '--no-new-privs', '--pdeathsig', 'KILL', '--'] : []),
  ]
}

function limitArgs({ cpuSec, memoryBytes, fileBytes }: MediaLimits, boundsProcesses: boolean): string[] {
  return [
    // The second number is that of SIGKILL; before it comes SIGXCPU, which says why.
    `--cpu=${Math.ceil(cpuSec)}:${Math.ceil(cpuSec) + 5}`,
    `--data=${Math.floor(memoryBytes)}`,
    `--fsize=${Math.max(0, Math.floor(fileBytes))}`,
    '--core=0',
    ...(boundsProcesses ? [`--nproc=${MAX_PROCESSES}`] : []),
  ]
}

/** For operators, in a line. */
export function describeConfinement(confinement: Confinement): string {
  const { noNetwork, limits, diesWithWorker, processesUnbounded } = confinement
  const but = processesUnbounded === null ? '' : ` but for the number of processes (${processesUnbounded})`
  return [
    noNetwork ? 'without a network' : 'WITH the network (unshare does not work here)',
    limits ? `limited${but}` : 'WITHOUT limits (prlimit does not work here)',
    diesWithWorker ? 'dies with its worker' : 'OUTLIVES a killed worker (setpriv does not work here)',
  ].join(', ')
}
