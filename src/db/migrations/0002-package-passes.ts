import type { Migration } from './migration.js'

/** Passes that cut finished renditions into segments. */
export const packagePasses: Migration = {
  name: '0002-package-passes',
  async up({ context }) {
    await context.run(`
ALTER TABLE passes DROP CONSTRAINT passes_kind_check;
ALTER TABLE passes ADD CONSTRAINT passes_kind_check
  CHECK (kind IN ('trim', 'overlay', 'watermark', 'transcode', 'thumbnails', 'package'));
`)
  },
}
