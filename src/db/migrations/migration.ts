import type { RunnableMigration } from 'umzug'

export interface MigrationContext {
  /** Runs statements in the one transaction of all pending migrations. */
  run(sql: string): Promise<void>
}

/** Forward only: to undo one, add another migration. */
export type Migration = RunnableMigration<MigrationContext>
