import { QueryTypes, type Sequelize, type Transaction } from 'sequelize'
import { Umzug, type UmzugStorage } from 'umzug'
import { translating } from '../errors.js'
import { createPool, type Database } from './database.js'
import { MIGRATIONS } from './migrations/list.js'
import type { Migration, MigrationContext } from './migrations/migration.js'
import { translateError } from './translate-error.js'

/** Any number that nothing else in the database locks. */
const LOCK_ID = 4_807_526_976
/** Building an index on a large table may take minutes, and so may waiting for another process that does it. */
const TIMEOUT_MS = 15 * 60_000

/**
 * Brings the schema up to date: applies all pending migrations or none. Several processes may call it at once: one
 * works and the others wait. Throws `db-unavailable`.
 */
export async function migrate(
  database: Pick<Database, 'url'>,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<void> {
  const sequelize = createPool(database.url, {
    maxConnections: 1,
    statementTimeoutMs: TIMEOUT_MS,
    answerTimeoutMs: TIMEOUT_MS,
  })
  try {
    const applying = () =>
      sequelize.transaction(async (transaction) => {
        await sequelize.query(`SELECT pg_advisory_xact_lock(${LOCK_ID})`, { transaction })
        await applyPending(sequelize, transaction, migrations)
      })
    await translating(applying, translateError)
  } finally {
    await sequelize.close()
  }
}

async function applyPending(
  sequelize: Sequelize,
  transaction: Transaction,
  migrations: readonly Migration[],
): Promise<void> {
  await sequelize.query(
    `CREATE TABLE IF NOT EXISTS schema_migrations (
       name text PRIMARY KEY,
       applied_at timestamptz(3) NOT NULL DEFAULT now()
     )`,
    { transaction },
  )
  const umzug = new Umzug<MigrationContext>({
    migrations: [...migrations],
    context: {
      async run(sql) {
        await sequelize.query(sql, { transaction })
      },
    },
    storage: transactionalStorage(sequelize, transaction),
    logger: undefined,
  })
  await umzug.up()
}

/** Stores the applied migrations within the transaction, which umzug's own Sequelize storage cannot do. */
function transactionalStorage(
  sequelize: Sequelize,
  transaction: Transaction,
): UmzugStorage<MigrationContext> {
  return {
    async executed() {
      const rows = await sequelize.query<{ name: string }>('SELECT name FROM schema_migrations', {
        type: QueryTypes.SELECT,
        transaction,
      })
      return rows.map(({ name }) => name)
    },
    async logMigration({ name }) {
      await sequelize.query('INSERT INTO schema_migrations (name) VALUES ($name)', {
        bind: { name },
        transaction,
      })
    },
    unlogMigration: () => Promise.reject(new Error('migrations are forward only')),
  }
}
