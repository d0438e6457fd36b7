import type { Migration } from './migration.js'

/** Passes that encode sound alone. */
export const audioPasses: Migration = {
  name: '0004-audio-passes',
  async up({ context }) {
    await context.run(`
ALTER TABLE passes DROP CONSTRAINT passes_kind_check;
ALTER TABLE passes ADD CONSTRAINT passes_kind_check
  CHECK (kind IN ('trim', 'overlay', 'watermark', 'transcode', 'encodeAudio', 'thumbnails', 'package'));
`)
  },
}
