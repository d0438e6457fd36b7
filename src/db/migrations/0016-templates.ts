import type { Migration } from './migration.js'

const TEMPLATES = `
CREATE TABLE templates (
  id uuid PRIMARY KEY,
  owner text NOT NULL,
  -- The newest one.
  version integer NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX templates_of_owner ON templates (owner, id);

CREATE TABLE template_versions (
  template_id uuid NOT NULL REFERENCES templates ON DELETE CASCADE,
  version integer NOT NULL,
  name text NOT NULL,
  description text NOT NULL,
  edit jsonb NOT NULL,
  values_schema jsonb NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (template_id, version)
);
`

/** Edits with placeholders. A version is never changed. */
export const templates: Migration = {
  name: '0016-templates',
  async up({ context }) {
    await context.run(TEMPLATES)
  },
}
