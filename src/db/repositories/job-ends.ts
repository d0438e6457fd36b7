import { fn, literal, Op, type Transaction } from 'sequelize'
import { validate as isUuid } from 'uuid'
import { AppError } from '../../errors.js'
import { processedPrefix } from '../../jobs/keys.js'
import { type FinalStatus, isFinal, type JobId, type JobStatus, type Owner } from '../../jobs/model.js'
import type { JobEnd, JobEndOptions, JobsRepository } from '../../jobs/ports/repositories.js'
import { storableText } from '../../storable.js'
import type { Database } from '../database.js'
import type { JobRow } from '../models/job.js'
import { endOf, noteEvents } from './outbox.js'
import { type LimitedDatabase, requireQueueRoom } from './queue-limit.js'
import { recordedKeys, removeFilesIn } from './remove-files.js'

export const UNFINISHED = ['pending', 'processing'] as const

type JobEnds = Pick<JobsRepository, 'finish' | 'restart' | 'delete'>

export function jobEnds(database: LimitedDatabase): JobEnds {
  return {
    finish: (id, end, options) => finishJob(database, id, end, options),
    restart: (id, workflowId, nextWorkflowId) => restartJob(database, id, workflowId, nextWorkflowId),
    delete: (owner, id, removeFiles) => deleteJob(database, owner, id, removeFiles),
  }
}

/** Locks the job before its passes, as every transaction does, so that no two of them deadlock. */
async function finishJob(
  database: Database,
  id: JobId,
  end: JobEnd,
  { workflowId, removeFiles }: JobEndOptions = {},
): Promise<FinalStatus> {
  return database.sequelize.transaction(async (transaction) => {
    const job = await lockJob(database.jobs, id, transaction)
    if (isFinal(job.status)) return job.status
    if (workflowId !== undefined && job.workflowId !== workflowId) return end.status
    await writeEnd(database, id, end, transaction)
    await noteEvents(database, transaction, job.owner, endOf(job, end))
    if (job.type === 'upload' && end.status !== 'completed') {
      await database.videos.update({ status: 'failed' }, { where: { id: job.videoId }, transaction })
    }
    if (removeFiles) {
      const recorded = await recordedKeys(database, { id, videoId: job.videoId }, transaction)
      await removeFilesIn(database.sequelize, transaction, () => removeFiles(recorded))
    }
    return end.status
  })
}

async function writeEnd(
  { jobs, passes }: Database,
  id: JobId,
  { status, errorCode, errorMessage }: JobEnd,
  transaction: Transaction,
): Promise<void> {
  await jobs.update(
    {
      status,
      stage: 'done',
      finishedAt: fn('now'),
      sweptAt: null,
      errorCode,
      errorMessage: errorMessage === null ? null : storableText(errorMessage),
      ...(status === 'completed' && { progress: 100, resultFilePath: LARGEST_OUTPUT }),
    },
    { where: { id }, transaction },
  )
  await passes.update(
    { status: status === 'failed' ? 'failed' : 'cancelled', speed: null, finishedAt: fn('now') },
    { where: { jobId: id, status: { [Op.in]: UNFINISHED } }, transaction },
  )
}

const LARGEST_OUTPUT = literal(`(
  SELECT file_path FROM processed_videos WHERE job_id = "jobs".id
  ORDER BY width * height DESC NULLS LAST, name LIMIT 1
)`)

async function restartJob(
  database: LimitedDatabase,
  id: JobId,
  workflowId: string,
  nextWorkflowId: string,
): Promise<JobStatus> {
  const { sequelize, jobs, passes, videos, processedVideos } = database
  return sequelize.transaction(async (transaction) => {
    const job = await lockJob(jobs, id, transaction)
    if (job.workflowId !== workflowId || (job.status !== 'failed' && job.status !== 'cancelled')) {
      return job.workflowId === workflowId ? job.status : 'processing'
    }
    await requireQueueRoom(database, job.owner, transaction)
    // After the outputs have expired no pass counts as done.
    if (job.expiredAt) await processedVideos.destroy({ where: { jobId: id }, transaction })
    const repeated = job.expiredAt ? {} : { status: { [Op.ne]: 'completed' as const } }
    await passes.update(RESTARTED_PASS, { where: { jobId: id, ...repeated }, transaction })
    await jobs.update({ ...RESTARTED_JOB, workflowId: nextWorkflowId }, { where: { id }, transaction })
    if (job.type === 'upload') {
      await videos.update({ status: 'processing' }, { where: { id: job.videoId }, transaction })
    }
    return 'pending'
  })
}

const RESTARTED_PASS = {
  status: 'pending',
  progress: 0,
  speed: null,
  attempt: 0,
  failures: 0,
  worker: null,
  errorCode: null,
  startedAt: null,
  finishedAt: null,
} as const

const RESTARTED_JOB = {
  status: 'pending',
  stage: 'queued',
  // The share of the completed passes.
  progress: literal(`(
    SELECT LEAST(99, COALESCE(floor(100 * sum(cost * progress) / NULLIF(sum(cost), 0)), 0))::integer
    FROM passes WHERE job_id = "jobs".id
  )`),
  errorCode: null,
  errorMessage: null,
  workflowStartedAt: null,
  startedAt: null,
  renderStartedAt: null,
  finishedAt: null,
  expiredAt: null,
  sweptAt: null,
} as const

async function deleteJob(
  { sequelize, jobs }: Database,
  owner: Owner,
  id: JobId,
  removeFiles: (prefix: string) => Promise<void>,
): ReturnType<JobsRepository['delete']> {
  if (!isUuid(id)) return 'not-found'
  return sequelize.transaction(async (transaction) => {
    const job = await jobs.findOne({
      where: { owner, id },
      attributes: ['id', 'status', 'type'],
      lock: true,
      transaction,
    })
    if (!job) return 'not-found'
    if (job.type === 'upload') return 'upload'
    if (!isFinal(job.status)) return 'running'
    // The rows of its passes, outputs, overlays and idempotency keys are deleted with it.
    await job.destroy({ transaction })
    await removeFilesIn(sequelize, transaction, () => removeFiles(processedPrefix(id)))
    return 'deleted'
  })
}

async function lockJob(jobs: Database['jobs'], id: JobId, transaction: Transaction): Promise<JobRow> {
  const job = await jobs.findByPk(id, {
    attributes: ['id', 'owner', 'status', 'type', 'progress', 'videoId', 'workflowId', 'expiredAt'],
    lock: transaction.LOCK.UPDATE,
    transaction,
  })
  if (!job) throw new AppError('job-not-found', `There is no job with the id ${id}.`)
  return job
}
