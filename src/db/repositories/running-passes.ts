import { QueryTypes, type Transaction } from 'sequelize'
import type { JobId, Owner } from '../../jobs/model.js'
import type { Database } from '../database.js'

/** Marks the locks of this file among all advisory locks of the database. */
const LOCK_SPACE = 20_261_201

/** A pass of a job that has ended runs no more, whatever its row says. */
const RUNNING = `
SELECT count(*) AS running FROM passes JOIN jobs ON jobs.id = passes.job_id
WHERE jobs.owner = $owner AND jobs.status IN ('pending', 'processing') AND passes.status = 'processing'`

/** Passes of an owner that run, or whose worker has died and that are not tried again yet. */
export async function countRunning({ sequelize }: Database, owner: Owner): Promise<number> {
  const [row] = await sequelize.query<{ running: string }>(RUNNING, {
    bind: { owner },
    type: QueryTypes.SELECT,
  })
  return Number(row?.running ?? 0)
}

interface NextPass {
  readonly owner: Owner
  readonly jobId: JobId
  readonly name: string
}

/**
 * Whether a pass may begin beside the other running ones of its owner. Runs within the transaction that begins it, after
 * its job is locked. Transactions of one owner wait for each other, so that the limit is exact.
 */
export async function hasRunningRoom(
  { sequelize }: Database,
  { owner, jobId, name }: NextPass,
  limit: number,
  transaction: Transaction,
): Promise<boolean> {
  await sequelize.query('SELECT pg_advisory_xact_lock($space, hashtext($owner))', {
    ...{ bind: { space: LOCK_SPACE, owner }, type: QueryTypes.SELECT, transaction },
  })
  const [row] = await sequelize.query<{ running: string }>(
    `${RUNNING} AND NOT (passes.job_id = $jobId AND passes.name = $name)`,
    { bind: { owner, jobId, name }, type: QueryTypes.SELECT, transaction },
  )
  return Number(row?.running ?? 0) < limit
}
