import type { Migration } from './migration.js'

/** Identifies the sources and settings that an output was made from, so that it is not made twice. */
export const fingerprints: Migration = {
  name: '0008-fingerprints',
  async up({ context }) {
    await context.run(`
ALTER TABLE processed_videos ADD COLUMN fingerprint text;
CREATE INDEX processed_videos_by_fingerprint ON processed_videos (fingerprint) WHERE fingerprint IS NOT NULL;
`)
  },
}
