import { col, fn, Op, QueryTypes, type WhereOptions } from 'sequelize'
import { validate as isUuid } from 'uuid'
import { type Job, JOB_STAGES, type JobId, type Owner } from '../../jobs/model.js'
import type { JobCursor, JobFilter, JobsRepository } from '../../jobs/ports/repositories.js'
import type { Database } from '../database.js'
import type { JobRow } from '../models/job.js'
import { toJob } from '../records.js'
import { createJob, createUpload, recall } from './job-creation.js'
import { deleteJob, finishJob, restartJob, UNFINISHED } from './job-ends.js'
import { jobExpiry } from './job-expiry.js'
import { addWarning, loadPlan, savePlan } from './job-plans.js'
import { jobStarts, WITHOUT_PLAN } from './job-starts.js'
import type { LimitedDatabase } from './queue-limit.js'
import { createWholeJobs } from './whole-jobs.js'

export function createJobsRepository(database: LimitedDatabase): JobsRepository {
  const { jobs } = database
  return {
    createUpload: (video, job, idempotency) => createUpload(database, video, job, idempotency),
    create: (job, idempotency) => createJob(database, job, idempotency),
    recall: (owner, idempotency) => recall(database, owner, idempotency),
    list: (owner, filter, page) => listJobs(database, owner, filter, page),
    listByIds: (ids) => listByIds(database, ids),
    listVersions: (ids) => listVersions(database, ids),
    savePlan: (id, plan, workflowId) => savePlan(database, id, plan, workflowId),
    loadPlan: (id) => loadPlan(database, id),
    addWarning: (id, warning) => addWarning(database, id, warning),
    finish: (id, end, workflowId, removeFiles) => finishJob(database, id, end, { workflowId, removeFiles }),
    restart: (id, workflowId, nextWorkflowId) => restartJob(database, id, workflowId, nextWorkflowId),
    delete: (owner, id, removeFiles) => deleteJob(database, owner, id, removeFiles),

    getWhole: createWholeJobs(database),
    ...jobStarts(database),
    ...jobExpiry(database),

    async get(owner, id) {
      if (!isUuid(id)) return null
      const row = await jobs.findOne({ where: { owner, id }, attributes: WITHOUT_PLAN })
      return row && toJob(row)
    },

    async getById(id) {
      if (!isUuid(id)) return null
      const row = await jobs.findByPk(id, { attributes: WITHOUT_PLAN })
      return row && toJob(row)
    },

    async enterStage(id, stage, workflowId) {
      const reached = JOB_STAGES.slice(0, JOB_STAGES.indexOf(stage) + 1)
      await jobs.update(
        { status: 'processing', stage, startedAt: fn('coalesce', col('started_at'), fn('now')) },
        {
          where: {
            id,
            status: { [Op.in]: UNFINISHED },
            stage: { [Op.in]: reached },
            ...(workflowId === undefined ? {} : { workflowId }),
          },
        },
      )
    },
  }
}

async function listJobs(
  { jobs }: Database,
  owner: Owner,
  filter: JobFilter,
  { limit, after }: { limit: number; after: JobCursor | null },
): Promise<Job[]> {
  const { status, type, videoId } = filter
  if ([videoId, after?.id].some((id) => id !== undefined && !isUuid(id))) return []
  const conditions: WhereOptions<JobRow>[] = [{ owner }]
  if (status !== undefined) conditions.push({ status })
  if (type !== undefined) conditions.push({ type })
  if (videoId !== undefined) conditions.push({ videoId })
  if (after) conditions.push(...olderThan(after))
  const rows = await jobs.findAll({
    where: { [Op.and]: conditions },
    attributes: WITHOUT_PLAN,
    order: [
      ['createdAt', 'DESC'],
      ['id', 'DESC'],
    ],
    limit,
  })
  return rows.map(toJob)
}

/** The first condition repeats part of the second in a form that an index scan can start from. */
function olderThan({ createdAt, id }: JobCursor): WhereOptions<JobRow>[] {
  return [
    { createdAt: { [Op.lte]: createdAt } },
    { [Op.or]: [{ createdAt: { [Op.lt]: createdAt } }, { id: { [Op.lt]: id } }] },
  ]
}

async function listByIds({ jobs }: Database, ids: readonly JobId[]): Promise<Job[]> {
  const rows = await jobs.findAll({ where: { id: [...ids] }, attributes: WITHOUT_PLAN })
  return rows.map(toJob)
}

/**
 * xmin is the transaction that wrote a row as it is: it changes with every update. An output is written once,
 * so that their number is enough.
 */
async function listVersions({ sequelize }: Database, ids: readonly JobId[]): Promise<Map<JobId, string>> {
  const rows = await sequelize.query<{ id: JobId; version: string }>(
    `SELECT id, concat_ws('/', jobs.xmin,
       (SELECT string_agg(passes.xmin::text, ',' ORDER BY position) FROM passes WHERE job_id = jobs.id),
       (SELECT count(*) FROM processed_videos WHERE job_id = jobs.id)) AS version
     FROM jobs WHERE id = ANY($ids::uuid[])`,
    { bind: { ids: [...ids] }, type: QueryTypes.SELECT },
  )
  return new Map(rows.map(({ id, version }) => [id, version]))
}
