import { QueryTypes, type Transaction } from 'sequelize'
import { AppError } from '../../errors.js'
import type { Owner } from '../../jobs/model.js'
import type { Database } from '../database.js'

/** Jobs that may not have ended; more are refused with `queue-full`. */
export interface QueueLimits {
  readonly ofAll: number
  /** null: no limit of its own for each owner. */
  readonly ofOwner: number | null
}

export interface LimitedDatabase extends Database {
  readonly queueLimits: QueueLimits
}

/** Marks the locks of this file among all advisory locks of the database. */
const LOCK_SPACE = 20_261_130

/**
 * Checks that an owner may add another job. Runs within the transaction that adds it. Transactions of one owner wait for
 * each other, so that his limit is exact. Those of several owners do not see each other's jobs, so the limit of all can
 * be exceeded by the number of connections.
 * @throws AppError `queue-full`
 */
export async function requireQueueRoom(
  { sequelize, queueLimits: { ofAll, ofOwner } }: LimitedDatabase,
  owner: Owner,
  transaction: Transaction,
): Promise<void> {
  const isFull = async (limit: number, condition: string, bind: Record<string, unknown>) => {
    const rows = await sequelize.query(
      `SELECT FROM jobs WHERE status IN ('pending', 'processing') ${condition} OFFSET $before LIMIT 1`,
      { bind: { ...bind, before: Math.max(0, limit - 1) }, type: QueryTypes.SELECT, transaction },
    )
    return rows.length > 0
  }
  if (await isFull(ofAll, '', {})) {
    throw new AppError('queue-full', `${ofAll} jobs have not ended, which is the maximum. Try again later.`)
  }
  if (ofOwner === null) return
  await sequelize.query('SELECT pg_advisory_xact_lock($space, hashtext($owner))', {
    bind: { space: LOCK_SPACE, owner },
    type: QueryTypes.SELECT,
    transaction,
  })
  if (await isFull(ofOwner, 'AND owner = $owner', { owner })) {
    throw new AppError(
      'queue-full',
      `${ofOwner} of your jobs have not ended, which is the maximum of one owner. Try again when one has ended.`,
    )
  }
}
