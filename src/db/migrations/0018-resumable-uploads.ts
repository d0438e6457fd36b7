import type { Migration } from './migration.js'

const UPLOADS = `
CREATE TABLE resumable_uploads (
  id uuid PRIMARY KEY,
  owner text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('whole', 'part', 'joined')),
  original_filename text NOT NULL,
  metadata jsonb NOT NULL,
  priority smallint NOT NULL,
  -- null: not known yet.
  size_bytes bigint,
  received_bytes bigint NOT NULL DEFAULT 0 CHECK (received_bytes >= 0),
  file_number integer NOT NULL DEFAULT 1,
  needs_new_file boolean NOT NULL DEFAULT false,
  status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'completed', 'failed')),
  job_id uuid,
  video_id uuid,
  error_code text,
  error_message text,
  part_ids uuid[] NOT NULL DEFAULT '{}',
  joined_id uuid,
  idempotency_key text,
  fingerprint text,
  -- Who may change the row and write to its file, until then.
  lease_token uuid,
  leased_until timestamptz(3),
  release_asked boolean NOT NULL DEFAULT false,
  created_at timestamptz(3) NOT NULL,
  expires_at timestamptz(3) NOT NULL,
  CHECK (received_bytes <= size_bytes),
  UNIQUE (owner, idempotency_key)
);
CREATE INDEX resumable_uploads_open ON resumable_uploads (owner) WHERE status = 'open';
CREATE INDEX resumable_uploads_by_expiry ON resumable_uploads (expires_at);
`

/** Files that arrive in several requests. A row outlives its job for a while, so that its sender learns of the job. */
export const resumableUploads: Migration = {
  name: '0018-resumable-uploads',
  async up({ context }) {
    await context.run(UPLOADS)
  },
}
