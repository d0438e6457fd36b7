import type { Migration } from './migration.js'

/** Videos that a job reads besides its own: they cannot be deleted while it runs. */
export const otherVideos: Migration = {
  name: '0003-other-videos',
  async up({ context }) {
    await context.run(`ALTER TABLE jobs ADD COLUMN other_video_ids uuid[] NOT NULL DEFAULT '{}';`)
  },
}
