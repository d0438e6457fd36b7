import { col, fn, Op, type OrderItem, QueryTypes } from 'sequelize'
import { JOB_STAGES, type JobId, type JobStage } from '../../jobs/model.js'
import type { JobsRepository, StartedJob } from '../../jobs/ports/repositories.js'
import type { Database } from '../database.js'
import { toJob } from '../records.js'
import { UNFINISHED } from './job-ends.js'
import { WITHOUT_PLAN } from './job-reads.js'
import { noteEvents, runOf } from './outbox.js'

/** Jobs that no sweep has taken up come first, then those that were taken up longest ago. */
export const LONGEST_UNSWEPT: OrderItem = ['sweptAt', 'ASC NULLS FIRST']

type JobStarts = Pick<
  JobsRepository,
  'markStarted' | 'listUnstarted' | 'listStarted' | 'enterStage' | 'noteSweep'
>

/** How far the workflows of jobs have come. */
export function jobStarts(database: Database): JobStarts {
  const { sequelize, jobs } = database
  return {
    async markStarted(id) {
      const started = { workflowStartedAt: new Date(), sweptAt: null }
      await jobs.update(started, { where: { id, workflowStartedAt: null } })
    },

    async listUnstarted({ from, to }, limit) {
      const rows = await jobs.findAll({
        where: { status: 'pending', workflowStartedAt: null, createdAt: { [Op.notBetween]: [from, to] } },
        attributes: WITHOUT_PLAN,
        order: [LONGEST_UNSWEPT, 'createdAt', 'id'],
        limit,
      })
      return rows.map(toJob)
    },

    async listStarted(except, limit) {
      return sequelize.query<StartedJob>(
        `SELECT id, workflow_id AS "workflowId" FROM jobs
         WHERE (status = 'processing' OR (status = 'pending' AND workflow_started_at IS NOT NULL))
           AND workflow_id <> ALL($except::text[])
         ORDER BY swept_at NULLS FIRST, created_at, id LIMIT $limit`,
        { bind: { except: [...except], limit }, type: QueryTypes.SELECT },
      )
    },

    enterStage: (id, stage, workflowId) => enterStage(database, id, stage, workflowId),

    async noteSweep(id) {
      await jobs.update({ sweptAt: fn('clock_timestamp') }, { where: { id } })
    },
  }
}

/** A job that begins tells its owner. */
async function enterStage(
  database: Database,
  id: JobId,
  stage: JobStage,
  workflowId: string | undefined,
): Promise<void> {
  const { sequelize, jobs } = database
  const reached = JOB_STAGES.slice(0, JOB_STAGES.indexOf(stage) + 1)
  await sequelize.transaction(async (transaction) => {
    const job = await jobs.findOne({
      where: {
        id,
        status: { [Op.in]: UNFINISHED },
        stage: { [Op.in]: reached },
        ...(workflowId === undefined ? {} : { workflowId }),
      },
      attributes: ['id', 'owner', 'type', 'videoId', 'progress', 'startedAt'],
      lock: transaction.LOCK.UPDATE,
      transaction,
    })
    if (!job) return
    const startedAt = fn('coalesce', col('started_at'), fn('now'))
    await jobs.update({ status: 'processing', stage, startedAt }, { where: { id }, transaction })
    if (job.startedAt === null) {
      await noteEvents(database, transaction, job.owner, [runOf('job.started', job)])
    }
  })
}
