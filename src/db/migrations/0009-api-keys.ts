import type { Migration } from './migration.js'

/** Rows of revoked keys stay: they tell whose the key was and when it was last used. */
export const apiKeys: Migration = {
  name: '0009-api-keys',
  async up({ context }) {
    await context.run(`
CREATE TABLE api_keys (
  id text PRIMARY KEY,
  owner text NOT NULL,
  scopes text[] NOT NULL CHECK (cardinality(scopes) > 0 AND scopes <@ ARRAY['read', 'write', 'admin']),
  secret_hash text NOT NULL CHECK (secret_hash ~ '^[0-9a-f]{64}$'),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  expires_at timestamptz(3),
  revoked_at timestamptz(3),
  last_used_at timestamptz(3)
);
`)
  },
}
