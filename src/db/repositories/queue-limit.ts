import { QueryTypes, type Transaction } from 'sequelize'
import { AppError } from '../../errors.js'
import type { Database } from '../database.js'

export interface LimitedDatabase extends Database {
  readonly maxUnfinishedJobs: number
}

/**
 * Checks that another job may be added. Runs within the transaction that adds it. Simultaneous transactions do not see
 * each other's jobs, so the limit can be exceeded by the number of connections.
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
    `${maxUnfinishedJobs} jobs have not ended, which is the maximum. Try again later.`,
  )
}
