import type { Migration } from './migration.js'

/** When the outputs of a job expired and were deleted. */
export const expiredOutputs: Migration = {
  name: '0010-expired-outputs',
  async up({ context }) {
    await context.run(`
ALTER TABLE jobs ADD COLUMN expired_at timestamptz(3);
CREATE INDEX jobs_expirable ON jobs (finished_at)
  WHERE job_type <> 'upload' AND expired_at IS NULL AND finished_at IS NOT NULL;
`)
  },
}
