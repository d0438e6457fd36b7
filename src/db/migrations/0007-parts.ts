import type { Migration } from './migration.js'

/**
 * Passes that make parts of several outputs, passes that join parts, and how well each pass could decode its sources.
 */
export const parts: Migration = {
  name: '0007-parts',
  async up({ context }) {
    await context.run(`
ALTER TABLE passes ADD COLUMN output_names text[];
UPDATE passes SET output_names = ARRAY[output_name];
ALTER TABLE passes ALTER COLUMN output_names SET NOT NULL;
ALTER TABLE passes DROP COLUMN output_name;
ALTER TABLE passes ADD COLUMN decoding jsonb;
ALTER TABLE passes DROP CONSTRAINT passes_kind_check;
ALTER TABLE passes ADD CONSTRAINT passes_kind_check CHECK (
  kind IN ('trim', 'overlay', 'watermark', 'transcode', 'thumbnails', 'package', 'encodeAudio', 'measureLoudness',
    'assemble')
);
`)
  },
}
