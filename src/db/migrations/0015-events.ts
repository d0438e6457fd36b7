import type { Migration } from './migration.js'

const EVENTS = `
CREATE TABLE events (
  id uuid PRIMARY KEY,
  owner text NOT NULL,
  type text NOT NULL,
  data jsonb NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  -- When its deliveries to webhooks were made; null: not yet.
  dispatched_at timestamptz(3)
);
CREATE INDEX events_of_owner ON events (owner, id);
CREATE INDEX events_by_age ON events (created_at);
CREATE INDEX events_undispatched ON events (id) WHERE dispatched_at IS NULL;
`

const WEBHOOKS = `
CREATE TABLE webhooks (
  id uuid PRIMARY KEY,
  owner text NOT NULL,
  url text NOT NULL,
  description text NOT NULL,
  -- None: all types.
  event_types text[] NOT NULL,
  is_enabled boolean NOT NULL DEFAULT true,
  disabled_reason text CHECK (disabled_reason IN ('owner', 'failing', 'gone')),
  secret text NOT NULL,
  -- Signs beside the secret until then.
  previous_secret text,
  previous_secret_until timestamptz(3),
  -- Since when no delivery has succeeded; null: the last one has.
  failing_since timestamptz(3),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  CHECK (is_enabled = (disabled_reason IS NULL))
);
CREATE INDEX webhooks_of_owner ON webhooks (owner, id);

CREATE TABLE webhook_deliveries (
  id uuid PRIMARY KEY,
  webhook_id uuid NOT NULL REFERENCES webhooks ON DELETE CASCADE,
  event_id uuid NOT NULL REFERENCES events ON DELETE CASCADE,
  status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'delivered', 'failed')),
  attempts integer NOT NULL DEFAULT 0,
  next_attempt_at timestamptz(3) DEFAULT now(),
  last_attempt_at timestamptz(3),
  response_status integer,
  failure text,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  CHECK ((status = 'pending') = (next_attempt_at IS NOT NULL))
);
CREATE INDEX deliveries_of_webhook ON webhook_deliveries (webhook_id, id);
CREATE INDEX deliveries_of_event ON webhook_deliveries (event_id);
CREATE INDEX deliveries_due ON webhook_deliveries (webhook_id, next_attempt_at) WHERE status = 'pending';
`

/**
 * The outbox: what owners are told of, written by the transaction that makes it true. Rows name jobs and videos without
 * keys to them, because what was told outlives what it was about. With it, who is told by webhooks, and each delivery.
 */
export const events: Migration = {
  name: '0015-events',
  async up({ context }) {
    await context.run(EVENTS)
    await context.run(WEBHOOKS)
  },
}
