import type { Migration } from './migration.js'

/**
 * The outbox: what owners are told of, written by the transaction that makes it true. Rows name jobs and videos without
 * keys to them, because what was told outlives what it was about.
 */
export const events: Migration = {
  name: '0015-events',
  async up({ context }) {
    await context.run(`
CREATE TABLE events (
  id uuid PRIMARY KEY,
  owner text NOT NULL,
  type text NOT NULL,
  data jsonb NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX events_of_owner ON events (owner, id);
CREATE INDEX events_by_age ON events (created_at);
`)
  },
}
