import { QueryTypes, type Transaction } from 'sequelize'
import type { Owner } from '../../jobs/model.js'
import type { Database } from '../database.js'

/** Until the end of the transaction, no other one that locks it counts or makes things of this kind for the owner. */
export async function lockOwner(
  { sequelize }: Database,
  kind: 'templates' | 'uploads' | 'webhooks',
  owner: Owner,
  transaction: Transaction,
): Promise<void> {
  await sequelize.query("SELECT pg_advisory_xact_lock(hashtext($kind::text || ' ' || $owner::text))", {
    bind: { kind, owner },
    type: QueryTypes.SELECT,
    transaction,
  })
}
