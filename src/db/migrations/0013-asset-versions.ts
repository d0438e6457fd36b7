import type { Migration } from './migration.js'

/**
 * A row of `assets` is one version of an asset; the current one of a name is the one that is not retired. Jobs name the
 * versions that they were accepted with. Those that were accepted before get the versions that there are.
 */
export const assetVersions: Migration = {
  name: '0013-asset-versions',
  async up({ context }) {
    await context.run(`
ALTER TABLE assets ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid();
ALTER TABLE assets ALTER COLUMN id DROP DEFAULT;
ALTER TABLE assets DROP CONSTRAINT assets_pkey;
ALTER TABLE assets ADD PRIMARY KEY (id);
ALTER TABLE assets ADD COLUMN placed_at timestamptz(3);
ALTER TABLE assets ADD COLUMN retired_at timestamptz(3);
CREATE UNIQUE INDEX assets_current ON assets (owner, name) WHERE retired_at IS NULL;
CREATE INDEX assets_retired ON assets (retired_at) WHERE retired_at IS NOT NULL;
CREATE INDEX assets_file ON assets (file_path);
ALTER TABLE jobs ADD COLUMN asset_ids uuid[] NOT NULL DEFAULT '{}';
UPDATE jobs SET asset_ids = ARRAY(
  SELECT assets.id FROM assets WHERE assets.owner = jobs.owner AND assets.name = ANY (jobs.asset_names)
) WHERE asset_names <> '{}';
ALTER TABLE jobs DROP COLUMN asset_names;
CREATE INDEX jobs_needing_assets ON jobs USING gin (asset_ids) WHERE status <> 'completed';
`)
  },
}
