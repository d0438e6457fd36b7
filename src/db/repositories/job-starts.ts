import { Op, type Order } from 'sequelize'
import type { JobsRepository } from '../../jobs/ports/repositories.js'
import type { Database } from '../database.js'
import { toJob } from '../records.js'

/** A plan is large and only ever wanted alone. */
export const WITHOUT_PLAN = { exclude: ['plan'] }

const OLDEST_FIRST: Order = [
  ['createdAt', 'ASC'],
  ['id', 'ASC'],
]

type JobStarts = Pick<JobsRepository, 'markStarted' | 'listUnstarted' | 'listStarted'>

/** What is known of the workflows of jobs. */
export function jobStarts({ jobs }: Database): JobStarts {
  return {
    async markStarted(id) {
      await jobs.update({ workflowStartedAt: new Date() }, { where: { id, workflowStartedAt: null } })
    },

    async listUnstarted({ from, to }, limit) {
      const rows = await jobs.findAll({
        where: { status: 'pending', workflowStartedAt: null, createdAt: { [Op.notBetween]: [from, to] } },
        attributes: WITHOUT_PLAN,
        order: OLDEST_FIRST,
        limit,
      })
      return rows.map(toJob)
    },

    async listStarted(limit) {
      const isWaiting = { status: 'pending', workflowStartedAt: { [Op.ne]: null } } as const
      const rows = await jobs.findAll({
        where: { [Op.or]: [{ status: 'processing' }, isWaiting] },
        attributes: ['id', 'workflowId'],
        order: OLDEST_FIRST,
        limit,
      })
      return rows.map(({ id, workflowId }) => ({ id, workflowId }))
    },
  }
}
