import { QueryTypes, type Transaction } from 'sequelize'
import { AppError } from '../../errors.js'
import type { Database } from '../database.js'

export interface LimitedDatabase extends Database {
  readonly maxUnfinishedJobs: number
}

/**
 * Sees that another job may wait. One statement within the transaction that adds the job: of those at the same
 * moment none sees the others, so that the limit can be passed by as many as there are connections.
 * @throws AppError `queue-full`
 */
export async function requireQueueRoom(
  { sequelize, maxUnfinishedJobs }: LimitedDatabase,
  transaction: Transaction,
): Promise<void> {
  const rows = await sequelize.query(
    `SELECT FROM jobs WHERE status IN ('pending', 'processing') OFFSET $before LIMIT 1`,
    { bind: { before: Math.max(0, maxUnfinishedJobs - 1) }, type: QueryTypes.SELECT, transaction },
  )
  if (rows.length === 0) return
  throw new AppError(
    'queue-full',
    `There are ${maxUnfinishedJobs} jobs that have not ended: try again later.`,
  )
}
