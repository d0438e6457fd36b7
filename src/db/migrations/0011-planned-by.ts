import type { Migration } from './migration.js'

/** The workflow that saved a job's plan. A workflow plans once; a retry has another workflow, which plans again. */
export const plannedBy: Migration = {
  name: '0011-planned-by',
  async up({ context }) {
    await context.run('ALTER TABLE jobs ADD COLUMN planned_by text;')
  },
}
