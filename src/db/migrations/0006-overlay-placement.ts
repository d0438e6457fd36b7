import type { Migration } from './migration.js'

/**
 * Positions can be shares of a picture whose size the record does not know: those are null here, and as written
 * in `config`, with all that has no column of its own.
 */
export const overlayPlacement: Migration = {
  name: '0006-overlay-placement',
  async up({ context }) {
    await context.run(`
ALTER TABLE overlays ALTER COLUMN position_x DROP NOT NULL, ALTER COLUMN position_x DROP DEFAULT;
ALTER TABLE overlays ALTER COLUMN position_y DROP NOT NULL, ALTER COLUMN position_y DROP DEFAULT;
ALTER TABLE overlays ADD COLUMN config jsonb NOT NULL DEFAULT '{}';
`)
  },
}
