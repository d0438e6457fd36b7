import { col, fn, literal, Op, QueryTypes, type Transaction } from 'sequelize'
import { AppError, type ErrorCode, ERRORS } from '../../errors.js'
import type { DecodeTally } from '../../jobs/decode-tally.js'
import { isFinal, type JobId, type PassRow } from '../../jobs/model.js'
import type { PassAttempt, PassesRepository } from '../../jobs/ports/repositories.js'
import type { MeasuredLoudness } from '../../plan/loudness/find-setting.js'
import type { Database } from '../database.js'
import type { JobRow } from '../models/job.js'
import { toPass } from '../records.js'
import { noteProgress, type RaisedJob } from './outbox.js'
import { recordOutput } from './output-recording.js'
import { hasRunningRoom } from './running-passes.js'

export function createPassesRepository(database: Database): PassesRepository {
  return {
    list: (jobId) => listPasses(database, [jobId]),
    listForJobs: (jobIds) => listPasses(database, jobIds),
    begin: (jobId, name, attempt, mostOfOwner = null) =>
      beginPass(database, { jobId, name }, attempt, mostOfOwner),
    complete: (jobId, name, outputs, { overlays = [], decoding } = {}) =>
      withJob(database, jobId, async (job, transaction) => {
        // An attempt that outlived its job: its result is not needed any more.
        if (isFinal(job.status)) return
        if (decoding) await database.passes.update({ decoding }, { where: { jobId, name }, transaction })
        await completePass(database, jobId, name, transaction)
        for (const output of outputs) {
          const { owner, config } = job
          const recording = { owner, output: { ...output, jobId }, config, operations: overlays }
          await recordOutput(database, transaction, recording)
        }
        await raiseJobProgress(database, jobId, transaction)
      }),
    completeMeasurement: (jobId, name, measured) =>
      withJob(database, jobId, async (job, transaction) => {
        if (isFinal(job.status)) return
        await database.passes.update({ measured }, { where: { jobId, name, measured: null }, transaction })
        await completePass(database, jobId, name, transaction)
        await raiseJobProgress(database, jobId, transaction)
      }),
    listMeasured: (jobId) => listMeasured(database, jobId),
    listDecoded: (jobId, outputName) => listDecoded(database, jobId, outputName),
    report: (jobId, name, attempt, progress) => reportProgress(database, { jobId, name }, attempt, progress),
    fail: (jobId, name, attempt, errorCode) => failPass(database, { jobId, name }, attempt, errorCode),
  }
}

async function listPasses({ passes }: Database, jobIds: readonly JobId[]): Promise<PassRow[]> {
  const rows = await passes.findAll({
    where: { jobId: [...jobIds] },
    order: [
      ['jobId', 'ASC'],
      ['position', 'ASC'],
    ],
  })
  return rows.map(toPass)
}

async function listMeasured(
  { passes }: Database,
  jobId: JobId,
): Promise<ReadonlyMap<string, MeasuredLoudness>> {
  const rows = await passes.findAll({ where: { jobId, status: 'completed' } })
  return new Map(rows.flatMap(({ name, measured }) => (measured ? [[name, measured] as const] : [])))
}

async function listDecoded({ passes }: Database, jobId: JobId, outputName: string): Promise<DecodeTally[]> {
  const rows = await passes.findAll({ where: { jobId, outputNames: { [Op.contains]: [outputName] } } })
  return rows.flatMap(({ decoding }) => decoding ?? [])
}

/** Locks the job before its passes, as every transaction does, so that no two of them deadlock. */
async function withJob<T>(
  { sequelize, jobs }: Database,
  id: JobId,
  work: (job: Pick<JobRow, 'status' | 'config' | 'owner'>, transaction: Transaction) => Promise<T>,
): Promise<T> {
  return sequelize.transaction(async (transaction) => {
    const job = await jobs.findByPk(id, {
      attributes: ['status', 'config', 'owner'],
      lock: transaction.LOCK.UPDATE,
      transaction,
    })
    if (!job) throw new AppError('job-not-found', `There is no job with the id ${id}.`)
    return work(job, transaction)
  })
}

async function beginPass(
  database: Database,
  { jobId, name }: PassKey,
  attempt: PassAttempt,
  mostOfOwner: number | null,
): Promise<PassRow | null> {
  return withJob(database, jobId, async (job, transaction) => {
    const before = await database.passes.findOne({ where: { jobId, name }, transaction })
    if (!before) throw passNotFound(jobId, name)
    const record = toPass(before)
    if (isFinal(job.status) || isFinal(before.status)) return record
    if (mostOfOwner !== null) {
      const pass = { owner: job.owner, jobId, name }
      if (!(await hasRunningRoom(database, pass, mostOfOwner, transaction))) {
        // An earlier attempt has died: two of them must not wait for each other.
        await before.update({ status: 'pending' }, { transaction })
        return null
      }
    }
    await before.update(
      {
        status: 'processing',
        attempt: attempt.number,
        worker: attempt.worker,
        speed: null,
        errorCode: null,
        startedAt: fn('coalesce', col('started_at'), fn('now')),
      },
      { transaction },
    )
    await database.jobs.update(
      { renderStartedAt: fn('now') },
      { where: { id: jobId, renderStartedAt: null }, transaction },
    )
    return record
  })
}

interface PassKey {
  readonly jobId: JobId
  readonly name: string
}

async function reportProgress(
  database: Database,
  { jobId, name }: PassKey,
  { number, worker }: PassAttempt,
  { done, speed }: { done: number; speed: number | null },
): Promise<void> {
  const [, count] = await database.sequelize.query(
    `UPDATE passes SET progress = GREATEST(progress, $done), speed = $speed
     WHERE job_id = $jobId AND name = $name AND status = 'processing' AND attempt = $number AND worker = $worker`,
    {
      bind: { jobId, name, number, worker, done: toShare(done), speed: toFinite(speed) },
      type: QueryTypes.UPDATE,
    },
  )
  if (count === 0) return
  await database.sequelize.transaction((transaction) => raiseJobProgress(database, jobId, transaction))
}

/**
 * Raises the job's percentage to the state of its passes. 100 is written only by the end of the job. GREATEST, because
 * another report may have seen a later state of the passes and written first.
 */
async function raiseJobProgress(database: Database, jobId: JobId, transaction: Transaction): Promise<void> {
  const [raised] = await database.sequelize.query<RaisedJob>(
    `UPDATE jobs SET updated_at = now(), progress = GREATEST(jobs.progress, LEAST(99, (
       SELECT COALESCE(floor(100 * sum(cost * progress) / NULLIF(sum(cost), 0)), 0)
       FROM passes WHERE job_id = $jobId
     )::integer))
     FROM (SELECT id, progress FROM jobs WHERE id = $jobId FOR UPDATE) AS earlier
     WHERE jobs.id = earlier.id AND jobs.status = 'processing'
     RETURNING jobs.id, jobs.owner, jobs.video_id AS "videoId", jobs.job_type AS type, jobs.progress,
       earlier.progress AS "progressBefore"`,
    { bind: { jobId }, type: QueryTypes.SELECT, transaction },
  )
  if (raised) await noteProgress(database, transaction, raised)
}

async function completePass(
  { passes }: Database,
  jobId: JobId,
  name: string,
  transaction: Transaction,
): Promise<void> {
  const [count] = await passes.update(
    {
      status: 'completed',
      progress: 1,
      errorCode: null,
      finishedAt: fn('coalesce', col('finished_at'), fn('now')),
    },
    { where: { jobId, name }, transaction },
  )
  if (count === 0) throw passNotFound(jobId, name)
}

/** The pass becomes `pending` for its next attempt. If there is none, the end of the job makes it `failed`. */
async function failPass(
  { passes }: Database,
  { jobId, name }: PassKey,
  { number, worker }: PassAttempt,
  errorCode: ErrorCode,
): Promise<number> {
  const isOutage = ERRORS[errorCode].retry === 'always'
  await passes.update(
    { status: 'pending', speed: null, errorCode, failures: literal(isOutage ? 'failures' : 'failures + 1') },
    { where: { jobId, name, attempt: number, worker, status: { [Op.in]: ['pending', 'processing'] } } },
  )
  const row = await passes.findOne({ where: { jobId, name }, attributes: ['failures'] })
  if (!row) throw passNotFound(jobId, name)
  return row.failures
}

function passNotFound(jobId: JobId, name: string): AppError {
  return new AppError('job-not-found', `There is no pass ${name} of a job ${jobId}`)
}

/**
 * ffmpeg's position can be slightly wrong: before the start, after the end, or not a number. Rounded to millionths,
 * because PostgreSQL refuses to multiply extremely small numbers (underflow).
 */
function toShare(done: number): number {
  return Number.isFinite(done) ? Math.round(Math.min(1, Math.max(0, done)) * 1e6) / 1e6 : 0
}

function toFinite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null
}
