import type { Migration } from './migration.js'

/**
 * When a sweep last took up a job in its present state. Sweeps take first what they have not taken up for longest, so
 * that jobs which fail each time do not keep others from their turn.
 */
export const sweptAt: Migration = {
  name: '0012-swept-at',
  async up({ context }) {
    await context.run('ALTER TABLE jobs ADD COLUMN swept_at timestamptz(3);')
  },
}
