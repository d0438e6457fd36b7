import type { Migration } from './migration.js'

/** Passes that measure something for the others. `measured` is their result. */
export const measuringPasses: Migration = {
  name: '0005-measuring-passes',
  async up({ context }) {
    await context.run(`
ALTER TABLE passes ADD COLUMN measured jsonb;
ALTER TABLE passes DROP CONSTRAINT passes_kind_check;
ALTER TABLE passes ADD CONSTRAINT passes_kind_check CHECK (
  kind IN ('trim', 'overlay', 'watermark', 'transcode', 'thumbnails', 'package', 'encodeAudio', 'measureLoudness')
);
`)
  },
}
