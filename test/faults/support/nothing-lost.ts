import { utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect } from 'vitest'
import type { ErrorCode } from '../../../src/errors.js'
import type { Platform } from '../../e2e/support/platform.js'
import { ffmpegBelow, filesBelow } from '../../e2e/support/processes.js'
import { until } from '../../support/until.js'
import { decodeWhole } from './decode.js'
import { keepHouseNow } from './housekeeping.js'
import { ageLateOutputs, isLateOutput } from './late-outputs.js'
import type { Promised } from './load.js'
import { describeUnfinished, readRows, type Rows, unfinishedJobs } from './rows.js'
import { familyOf, processesOf } from './services.js'
import { sideBySide } from './side-by-side.js'

/** Within this time some job must end, as long as there are any: a round of the sweep, its retries, and their work. */
const SETTLE_LIMIT_MS = 240_000
const LOOK_MS = 200
/** Two of the longest delays before a service is started again, and its start. */
const BACK_LIMIT_MS = 90_000
/** A soak has thousands of films to decode. */
const DECODES_AT_ONCE = 2
/** Outputs in which there is nothing to decode: lists of pictures, whose files lie beside them. */
const TEXTS = ['vtt', 'json']

export interface Outcome {
  readonly completed: number
  readonly failed: number
  readonly cancelled: number
  readonly films: number
  /** See FileFindings. */
  readonly lateJobs: number
}

/** What the fault explains; by default nothing. */
export interface Explained {
  /** The error codes with which jobs may have failed. */
  readonly codes?: readonly ErrorCode[]
  /** The number of jobs that may have outputs of attempts that outlived them, until housekeeping comes. */
  readonly lateJobs?: number
}

/**
 * The check after every fault and after the soak: accepted jobs have ended, all files are whole, and nothing else is
 * left.
 */
export async function expectNothingLost(
  platform: Platform,
  promised: readonly Promised[],
  { codes = [], lateJobs = 0 }: Explained = {},
): Promise<Outcome> {
  await settled(platform)
  const rows = await readRows(platform)
  const promises = new Map(promised.map((one) => [one.jobId, one]))
  const onDisk = await fileFaults(platform, rows)
  const lost = [
    ...jobFaults(rows, promises, codes),
    ...(await filmFaults(platform, rows, promises)),
    ...(await processFaults(platform)),
    ...onDisk.faults,
    ...(onDisk.lateJobs > lateJobs ? [`outputs that no row knew, jobs: ${onDisk.lateJobs}`] : []),
  ]
  expect(lost).toEqual([])
  const count = (status: string) => rows.jobs.filter((job) => job.status === status).length
  return {
    completed: count('completed'),
    failed: count('failed'),
    cancelled: count('cancelled'),
    films: rows.outputs.length,
    lateJobs: onDisk.lateJobs,
  }
}

/** Waits until all jobs have ended and the work folders of those who lost them are gone. */
async function settled(platform: Platform): Promise<void> {
  let fewest = Infinity
  let changedAt = performance.now()
  while (fewest > 0) {
    await delay(LOOK_MS)
    const unfinished = await unfinishedJobs(platform).catch(() => fewest)
    if (unfinished < fewest) changedAt = performance.now()
    fewest = Math.min(fewest, unfinished)
    if (performance.now() - changedAt > SETTLE_LIMIT_MS) {
      throw new Error(`none of these has ended for a long time:\n${await describeUnfinished(platform)}`)
    }
  }
  await until('all services are back', () => isWell(platform), BACK_LIMIT_MS).catch(
    async (error: unknown) => {
      throw new Error(`not all services came back: ${await healthOf(platform)}`, { cause: error })
    },
  )
  await until('no ffmpeg works', async () => (await ffmpegBelow(platform.dataDir)).length === 0, 30_000)
}

async function healthOf({ apiUrl }: Platform): Promise<string> {
  return fetch(new URL('/health', apiUrl)).then((response) => response.text(), String)
}

async function isWell({ apiUrl }: Platform): Promise<boolean> {
  return fetch(new URL('/health', apiUrl)).then(
    ({ ok }) => ok,
    () => false,
  )
}

function jobFaults(
  { jobs, openPasses }: Rows,
  promises: ReadonlyMap<string, Promised>,
  explained: readonly ErrorCode[],
): string[] {
  const known = new Set(jobs.map(({ id }) => id))
  const gone = [...promises.values()].filter(({ jobId }) => !known.has(jobId))
  const bad = jobs.filter(({ id, status, error_code: code }) => {
    if (status === 'cancelled') return !promises.get(id)?.mayBeCancelled
    return status !== 'completed' && !explained.some((one) => one === code)
  })
  return [
    ...gone.map(({ jobId, what }) => `${what} ${jobId} was accepted and is unknown`),
    ...bad.map((job) => `${job.type} ${job.id} is ${job.status}: ${job.error_code} ${job.error_message}`),
    ...openPasses.map((name) => `pass ${name} looks as if it ran`),
  ]
}

/** Decodes every output to its end; those of promised films must have all frames. */
async function filmFaults(
  { mediaDir }: Platform,
  { jobs, outputs }: Rows,
  promises: ReadonlyMap<string, Promised>,
): Promise<string[]> {
  const faults: string[] = []
  const films = outputs.filter(({ container }) => !TEXTS.includes(container))
  await sideBySide(DECODES_AT_ONCE, films, async ({ job_id: id, file_path: path, container }) => {
    const promised = promises.get(id)
    try {
      const frames = await decodeWhole(join(mediaDir, path))
      const isCounted = promised?.frames != null && container === 'mp4'
      if (isCounted && frames !== promised.frames) {
        faults.push(`${path} has ${frames} frames instead of ${promised.frames}`)
      }
    } catch (error) {
      faults.push(`${path}: ${String(error)}`)
    }
  })
  const withOutputs = new Set(outputs.map(({ job_id: id }) => id))
  const empty = jobs.filter(
    ({ id, type, status }) => type !== 'upload' && status === 'completed' && !withOutputs.has(id),
  )
  return [...faults, ...empty.map(({ id }) => `job ${id} completed without an output`)]
}

/** Finds orphans: every process of this platform must descend from it. */
async function processFaults({ dataDir, process: { pid } }: Platform): Promise<string[]> {
  const family = pid === undefined ? [] : await familyOf(pid)
  const strays = (await processesOf(dataDir)).filter((one) => !family.includes(one))
  return strays.map((one) => `process ${one} is an orphan`)
}

interface FileFindings {
  readonly faults: readonly string[]
  /** The number of jobs that had outputs of attempts that outlived them, until housekeeping came. */
  readonly lateJobs: number
}

/**
 * Each file that users can reach must have a row, and each row its file. Only two other things may be left: what a
 * killed API was receiving or had just stored, and late outputs. Both are housekeeping's, which is made to run now.
 */
async function fileFaults(platform: Platform, rows: Rows): Promise<FileFindings> {
  const media = platform.mediaDir
  const outputs = rows.outputs.map(({ file_path: path }) => path)
  const named = [...rows.uploads, ...rows.posters, ...rows.assets, ...outputs]
  const before = straysAmong(await filesBelow(media), named, rows)
  const late = before.filter((file) => isLateOutput(file, rows))
  await age(
    media,
    before.filter((file) => /^(work\/incoming-|uploads\/|asset-files\/)/.test(file)),
  )
  const lateJobs = await ageLateOutputs(platform, late)
  await keepHouseNow(platform)
  const files = await filesBelow(media)
  const missing = named.filter((file) => !files.includes(file))
  const faults = [
    ...straysAmong(files, named, rows).map((file) => `${file} belongs to nothing`),
    ...missing.map((file) => `${file} has a row and is not there`),
  ]
  return { faults, lateJobs }
}

function straysAmong(files: readonly string[], named: readonly string[], { jobs }: Rows): string[] {
  const failed = new Set(jobs.flatMap(({ id, status }) => (status === 'failed' ? id : [])))
  return files.filter((file) => {
    const [top, jobId = ''] = file.split('/')
    // An operator's own.
    if (top === 'assets') return false
    // The finished parts of a failed job are kept for its retry.
    if (failed.has(jobId) && top === 'parts') return false
    return !named.includes(file) && !isInFolderOf(file, named)
  })
}

/** Segments, thumbnails and the like lie in a folder with the file that their row names. */
function isInFolderOf(file: string, named: readonly string[]): boolean {
  const folder = dirname(file)
  return folder.split('/').length > 2 && named.some((one) => dirname(one) === folder)
}

async function age(media: string, files: readonly string[]): Promise<void> {
  for (const file of files) {
    await utimes(join(media, file), 0, 0)
    if (file.startsWith('work/')) await utimes(join(media, dirname(file)), 0, 0)
  }
}
