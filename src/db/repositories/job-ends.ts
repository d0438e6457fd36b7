import { fn, literal, Op, type Transaction } from 'sequelize'
import { validate as isUuid } from 'uuid'
import { AppError } from '../../errors.js'
import { processedPrefix } from '../../jobs/keys.js'
import { type FinalStatus, isFinal, type JobId, type JobStatus, type Owner } from '../../jobs/model.js'
import type { JobEnd, JobsRepository, RemoveUnrecorded } from '../../jobs/ports/repositories.js'
import { storableText } from '../../storable.js'
import type { Database } from '../database.js'
import type { JobRow } from '../models/job.js'
import { type LimitedDatabase, requireQueueRoom } from './queue-limit.js'
import { recordedKeys, removeFilesIn } from './remove-files.js'

export const UNFINISHED = ['pending', 'processing'] as const

interface Finishing {
  readonly workflowId: string | undefined
  readonly removeFiles: RemoveUnrecorded | undefined
}

/**
 * See JobsRepository.finish. Passes take the lock of their job first, here and elsewhere, so that no two
 * transactions deadlock.
 */
export async function finishJob(
  database: Database,
  id: JobId,
  end: JobEnd,
  { workflowId, removeFiles }: Finishing,
): Promise<FinalStatus> {
  return database.sequelize.transaction(async (transaction) => {
    const job = await lockJob(database.jobs, id, transaction)
    if (isFinal(job.status)) return job.status
    if (workflowId !== undefined && job.workflowId !== workflowId) return end.status
    await database.jobs.update(
      {
        status: end.status,
        stage: 'done',
        finishedAt: fn('now'),
        errorCode: end.errorCode,
        errorMessage: end.errorMessage === null ? null : storableText(end.errorMessage),
        ...(end.status === 'completed' && { progress: 100, resultFilePath: LARGEST_OUTPUT }),
      },
      { where: { id }, transaction },
    )
    await database.passes.update(
      { status: end.status === 'failed' ? 'failed' : 'cancelled', speed: null, finishedAt: fn('now') },
      { where: { jobId: id, status: { [Op.in]: UNFINISHED } }, transaction },
    )
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

/** See JobsRepository.restart. The percentage falls back to what the completed passes are worth. */
export async function restartJob(
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
    await requireQueueRoom(database, transaction)
    // Of outputs that are gone nothing counts as done.
    if (job.expiredAt) await processedVideos.destroy({ where: { jobId: id }, transaction })
    await passes.update(
      {
        ...{ status: 'pending', progress: 0, speed: null, attempt: 0, failures: 0 },
        ...{ worker: null, errorCode: null, startedAt: null, finishedAt: null },
      },
      { where: { jobId: id, ...(job.expiredAt ? {} : { status: { [Op.ne]: 'completed' } }) }, transaction },
    )
    await jobs.update(
      {
        ...{ status: 'pending', stage: 'queued', workflowId: nextWorkflowId, progress: COMPLETED_SHARE },
        ...{ errorCode: null, errorMessage: null, workflowStartedAt: null },
        ...{ startedAt: null, renderStartedAt: null, finishedAt: null, expiredAt: null },
      },
      { where: { id }, transaction },
    )
    if (job.type === 'upload') {
      await videos.update({ status: 'processing' }, { where: { id: job.videoId }, transaction })
    }
    return 'pending'
  })
}

const COMPLETED_SHARE = literal(`(
  SELECT LEAST(99, COALESCE(floor(100 * sum(cost * progress) / NULLIF(sum(cost), 0)), 0))::integer
  FROM passes WHERE job_id = "jobs".id
)`)

/** See JobsRepository.delete. */
export async function deleteJob(
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
    // Its passes, outputs, overlays and idempotency keys go with it.
    await job.destroy({ transaction })
    await removeFilesIn(sequelize, transaction, () => removeFiles(processedPrefix(id)))
    return 'deleted'
  })
}

const LARGEST_OUTPUT = literal(`(
  SELECT file_path FROM processed_videos WHERE job_id = "jobs".id
  ORDER BY width * height DESC NULLS LAST, name LIMIT 1
)`)

async function lockJob(jobs: Database['jobs'], id: JobId, transaction: Transaction): Promise<JobRow> {
  const job = await jobs.findByPk(id, {
    attributes: ['status', 'type', 'videoId', 'workflowId', 'expiredAt'],
    lock: transaction.LOCK.UPDATE,
    transaction,
  })
  if (!job) throw new AppError('job-not-found', `There is no job ${id}`)
  return job
}
