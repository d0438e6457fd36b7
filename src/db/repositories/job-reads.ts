import { Op, QueryTypes, type WhereOptions } from 'sequelize'
import { validate as isUuid } from 'uuid'
import type { Job, JobId, Owner } from '../../jobs/model.js'
import type { JobCursor, JobFilter, JobsRepository } from '../../jobs/ports/repositories.js'
import type { Database } from '../database.js'
import type { JobRow } from '../models/job.js'
import { toJob } from '../records.js'
import { createWholeJobs } from './whole-jobs.js'

/** A plan is large and is only ever read on its own. */
export const WITHOUT_PLAN = { exclude: ['plan'] }

type JobReads = Pick<JobsRepository, 'get' | 'getById' | 'getWhole' | 'list' | 'listByIds' | 'listVersions'>

export function jobReads(database: Database): JobReads {
  const { sequelize, jobs } = database
  return {
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

    getWhole: createWholeJobs(database),

    list: (owner, filter, page) => listJobs(database, owner, filter, page),

    async listByIds(ids) {
      const rows = await jobs.findAll({ where: { id: [...ids] }, attributes: WITHOUT_PLAN })
      return rows.map(toJob)
    },

    // xmin is the transaction that last wrote a row, so it changes with every update. Outputs are written once, so
    // their number is enough.
    async listVersions(ids) {
      const rows = await sequelize.query<{ id: JobId; version: string }>(
        `SELECT id, concat_ws('/', jobs.xmin,
           (SELECT string_agg(passes.xmin::text, ',' ORDER BY position) FROM passes WHERE job_id = jobs.id),
           (SELECT count(*) FROM processed_videos WHERE job_id = jobs.id)) AS version
         FROM jobs WHERE id = ANY($ids::uuid[])`,
        { bind: { ids: [...ids] }, type: QueryTypes.SELECT },
      )
      return new Map(rows.map(({ id, version }) => [id, version]))
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
