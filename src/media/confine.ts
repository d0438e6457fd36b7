import { execFile } from 'node:child_process'
import { cpus, totalmem } from 'node:os'
import { promisify } from 'node:util'
import type { Confinement } from '../jobs/ports.js'

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

const YES_NO = [true, false]

/** In the order in which they are wanted: the network is the worst to have, a killed worker's ffmpeg the least. */
const CANDIDATES: readonly Confinement[] = YES_NO.flatMap((noNetwork) =>
  YES_NO.flatMap((limits) => YES_NO.map((diesWithWorker) => ({ noNetwork, limits, diesWithWorker }))),
)
const NONE: Confinement = { noNetwork: false, limits: false, diesWithWorker: false }

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
  const { noNetwork } = confinement
  return [
    ...(noNetwork ? ['unshare', '--user', '--map-current-user', '--net', '--'] : []),
    ...(confinement.limits ? ['prlimit', ...limitArgs(limits, noNetwork), '--'] : []),
    ...(confinement.diesWithWorker ? ['setpriv', '--no-new-privs', '--pdeathsig', 'KILL', '--'] : []),
  ]
}

/** Outside of a namespace of its own all processes of the user would count: setrlimit(2). */
function limitArgs({ cpuSec, memoryBytes, fileBytes }: MediaLimits, hasNamespace: boolean): string[] {
  return [
    // The second number is that of SIGKILL; before it comes SIGXCPU, which says why.
    `--cpu=${Math.ceil(cpuSec)}:${Math.ceil(cpuSec) + 5}`,
    `--data=${Math.floor(memoryBytes)}`,
    `--fsize=${Math.max(0, Math.floor(fileBytes))}`,
    '--core=0',
    ...(hasNamespace ? [`--nproc=${MAX_PROCESSES}`] : []),
  ]
}

/** For operators, in a line. */
export function describeConfinement({ noNetwork, limits, diesWithWorker }: Confinement): string {
  return [
    noNetwork ? 'without a network' : 'WITH the network (unshare does not work here)',
    limits ? 'limited' : 'WITHOUT limits (prlimit does not work here)',
    diesWithWorker ? 'dies with its worker' : 'OUTLIVES a killed worker (setpriv does not work here)',
  ].join(', ')
}
