const used = (now: number, limit: number | null) => ({ used: now, limit })

export const USAGE_EXAMPLE = {
  queued_jobs: used(3, 1000),
  running_jobs: 2,
  running_passes: used(2, null),
  stored_bytes: used(8_123_456_789, 100_000_000_000),
  sent_bytes_today: used(12_345_678, null),
  day_ends_at: '2026-12-01T00:00:00.000Z',
  event_streams: used(1, 200),
  open_uploads: used(0, null),
  unfinished_uploads: used(0, 1000),
  rates_per_minute: { submits: 600, uploads: 300, previews: 600, requests: 6000 },
}

const WELL = { ok: true, latency_ms: 2, message: null }

export const HEALTH_EXAMPLE = {
  status: 'ok',
  version: '0.1.0',
  checks: { database: WELL, orchestrator: WELL, storage: WELL, ffmpeg: WELL },
  ffmpeg: { version: '7.0.2', ffprobe_version: '7.0.2', tested: true, older_than: null, missing: [] },
  event_loop: { p99_ms: 11, max_ms: 19 },
  ffmpeg_confinement: { no_network: true, limits: true, processes_unbounded: null, dies_with_worker: true },
}
