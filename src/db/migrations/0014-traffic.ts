import type { Migration } from './migration.js'

/** Bytes of files that each owner was sent on each day of UTC. */
export const traffic: Migration = {
  name: '0014-traffic',
  async up({ context }) {
    await context.run(`
CREATE TABLE traffic (
  owner text NOT NULL,
  day date NOT NULL,
  sent_bytes bigint NOT NULL CHECK (sent_bytes >= 0),
  PRIMARY KEY (owner, day)
);
`)
  },
}
