import type { RunnableMigration } from 'umzug'

export interface MigrationContext {
  /** Runs statements in the transaction of all migrations. */
  run(sql: string): Promise<void>
}

/** Forward only: a step back is a new migration. */
export type Migration = RunnableMigration<MigrationContext>
