import type { Migration } from './migration.js'

/**
 * The values of the closed unions are repeated here instead of imported: a migration that has run must not change with
 * the code.
 */
const VIDEOS = `
CREATE TABLE videos (
  id uuid PRIMARY KEY,
  owner text NOT NULL,
  filename text NOT NULL UNIQUE,
  original_filename text NOT NULL,
  file_path text NOT NULL,
  file_size bigint NOT NULL CHECK (file_size >= 0),
  sha256 text NOT NULL,
  mime_type text NOT NULL,
  duration double precision,
  width integer,
  height integer,
  format text,
  facts jsonb NOT NULL,
  poster_path text,
  status text NOT NULL DEFAULT 'processing' CHECK (status IN ('processing', 'ready', 'failed')),
  upload_time timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX videos_list ON videos (owner, upload_time DESC, id DESC);
`

/**
 * video_id: RESTRICT, so that deleting a video never deletes running jobs. plan: json, because jsonb sorts the keys of
 * objects, and the arguments of a filter must keep the compiler's order.
 */
const JOBS = `
CREATE TABLE jobs (
  id uuid PRIMARY KEY,
  owner text NOT NULL,
  video_id uuid NOT NULL REFERENCES videos ON DELETE RESTRICT,
  job_type text NOT NULL
    CHECK (job_type IN ('upload', 'trim', 'overlay', 'watermark', 'quality', 'edit')),
  status text NOT NULL DEFAULT 'pending'
    CHECK (status IN ('pending', 'processing', 'completed', 'failed', 'cancelled')),
  stage text NOT NULL DEFAULT 'queued'
    CHECK (stage IN ('queued', 'probing', 'planning', 'rendering', 'packaging', 'finishing', 'done')),
  progress integer NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 100),
  result_file_path text,
  config jsonb NOT NULL,
  edit jsonb,
  metadata jsonb NOT NULL,
  warnings jsonb NOT NULL DEFAULT '[]',
  plan json,
  asset_names text[] NOT NULL DEFAULT '{}',
  error_code text,
  error_message text,
  workflow_id text NOT NULL UNIQUE,
  priority integer NOT NULL CHECK (priority BETWEEN 1 AND 5),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  started_at timestamptz(3),
  workflow_started_at timestamptz(3),
  render_started_at timestamptz(3),
  finished_at timestamptz(3),
  CHECK (progress < 100 OR status = 'completed')
);
CREATE INDEX jobs_list ON jobs (owner, created_at DESC, id DESC);
CREATE INDEX jobs_list_by_status ON jobs (owner, status, created_at DESC, id DESC);
CREATE INDEX jobs_list_by_video ON jobs (video_id, created_at DESC, id DESC);
CREATE INDEX jobs_unfinished ON jobs (created_at, id) WHERE status IN ('pending', 'processing');
`

const PASSES = `
CREATE TABLE passes (
  job_id uuid NOT NULL REFERENCES jobs ON DELETE CASCADE,
  name text NOT NULL,
  position integer NOT NULL,
  kind text NOT NULL CHECK (kind IN ('trim', 'overlay', 'watermark', 'transcode', 'thumbnails')),
  output_name text NOT NULL,
  status text NOT NULL DEFAULT 'pending'
    CHECK (status IN ('pending', 'processing', 'completed', 'failed', 'cancelled')),
  progress double precision NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 1),
  speed double precision,
  attempt integer NOT NULL DEFAULT 0,
  failures integer NOT NULL DEFAULT 0,
  worker text,
  cost double precision NOT NULL CHECK (cost >= 0),
  error_code text,
  started_at timestamptz(3),
  finished_at timestamptz(3),
  PRIMARY KEY (job_id, name)
);
`

const PROCESSED_VIDEOS = `
CREATE TABLE processed_videos (
  id uuid PRIMARY KEY,
  job_id uuid NOT NULL REFERENCES jobs ON DELETE CASCADE,
  original_video_id uuid NOT NULL REFERENCES videos ON DELETE CASCADE,
  name text NOT NULL,
  filename text NOT NULL,
  file_path text NOT NULL,
  file_size bigint NOT NULL CHECK (file_size >= 0),
  sha256 text NOT NULL,
  processing_type text NOT NULL
    CHECK (processing_type IN ('upload', 'trim', 'overlay', 'watermark', 'quality', 'edit')),
  processing_config jsonb NOT NULL,
  quality text,
  container text NOT NULL,
  video_codec text,
  audio_codec text,
  width integer,
  height integer,
  frame_rate double precision,
  duration double precision NOT NULL,
  bit_rate bigint,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  UNIQUE (job_id, name)
);
CREATE INDEX processed_videos_original ON processed_videos (original_video_id);
`

const OVERLAYS = `
CREATE TABLE overlays (
  id uuid PRIMARY KEY,
  processed_video_id uuid NOT NULL REFERENCES processed_videos ON DELETE CASCADE,
  overlay_type text NOT NULL CHECK (overlay_type IN ('text', 'image', 'video')),
  content text,
  position_x integer NOT NULL DEFAULT 0,
  position_y integer NOT NULL DEFAULT 0,
  start_time double precision NOT NULL DEFAULT 0,
  end_time double precision,
  font_size integer,
  font_color text,
  language text,
  created_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX overlays_processed_video ON overlays (processed_video_id);
`

const ASSETS = `
CREATE TABLE assets (
  owner text NOT NULL,
  name text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('image', 'video', 'audio', 'subtitle', 'font')),
  file_path text NOT NULL,
  file_size bigint NOT NULL CHECK (file_size >= 0),
  sha256 text NOT NULL,
  mime_type text NOT NULL,
  facts jsonb,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (owner, name)
);
`

/** The key is claimed before its job is inserted, so the reference is checked at the end. */
const IDEMPOTENCY_KEYS = `
CREATE TABLE idempotency_keys (
  owner text NOT NULL,
  key text NOT NULL,
  fingerprint text NOT NULL,
  job_id uuid NOT NULL REFERENCES jobs ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (owner, key)
);
CREATE INDEX idempotency_keys_job ON idempotency_keys (job_id);
`

export const initialSchema: Migration = {
  name: '0001-initial-schema',
  async up({ context }) {
    for (const sql of [VIDEOS, JOBS, PASSES, PROCESSED_VIDEOS, OVERLAYS, ASSETS, IDEMPOTENCY_KEYS]) {
      await context.run(sql)
    }
  },
}
