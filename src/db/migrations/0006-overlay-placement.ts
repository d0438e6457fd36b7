import type { Migration } from './migration.js'

/**
 * A position can be a share of a picture whose size the record does not know. Then its column is null, and `config`
 * has it as written, with everything that has no column.
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
