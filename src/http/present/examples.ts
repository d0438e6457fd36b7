import { EXAMPLE_VIDEO_ID, OPERATION_EXAMPLES } from '../../edit/operation-examples.js'

/** What the examples of the API's document name; test/e2e/document.test.ts puts real ones in their place. */
export const EXAMPLE_IDS = {
  video: EXAMPLE_VIDEO_ID,
  job: '0193a0b2-11aa-7b5e-9c3d-2f4e6a8b0c1d',
  output: '0193a0b2-5e0f-7a61-8d2c-3b4a5c6d7e8f',
  webhook: '0193a0b3-4c1d-7e2f-8a9b-0c1d2e3f4a5b',
  delivery: '0193a0b3-9b8a-7c6d-8e5f-4a3b2c1d0e9f',
  event: '0193a0b3-9a01-7f2e-8b3c-5d4e6f708192',
  template: '0193a0b4-1d2e-7f3a-8b4c-5d6e7f8091a2',
  upload: '0193a0b4-7a8b-7c9d-8e0f-1a2b3c4d5e6f',
} as const

const { video, job, output, webhook, delivery, event } = EXAMPLE_IDS
const SHA256 = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'

/** What the routes that edit are sent, without the id of the video. */
export const REQUEST_EXAMPLES = {
  trim: { start_time: 1, end_time: 3 },
  overlay: {
    overlay_type: 'text',
    content: 'नमस्ते',
    language: 'hi',
    position_x: 40,
    position_y: 40,
    end_time: 2,
    font_size: 64,
    font_color: '#ffffff',
  },
  watermark: { watermark_path: 'logo.png', position: 'top-right', opacity: 0.8 },
  quality: { qualities: ['720p', '480p'] },
  edit: {
    operations: [
      { type: 'trim', start_time: 1, end_time: 4 },
      OPERATION_EXAMPLES.overlay.operation,
      OPERATION_EXAMPLES.watermark.operation,
    ],
    output: { qualities: ['720p', '480p'], poster: true },
    metadata: { ref: 'A-17' },
  },
} as const

export const VIDEO_EXAMPLE = {
  id: video,
  filename: `${video}.mp4`,
  original_filename: 'holiday.mp4',
  file_size: 5_510_872,
  duration: 5.28,
  width: 1280,
  height: 720,
  format: 'mov,mp4,m4a,3gp,3g2,mj2',
  mime_type: 'video/mp4',
  upload_time: '2026-11-30T12:00:00.000Z',
  status: 'ready',
  frame_rate: 25,
  rotation: 0,
  video_codec: 'h264',
  audio_codec: 'aac',
  bit_rate: 8_349_806,
  damage: null,
  sha256: SHA256,
  download_url: `/api/v1/videos/${video}/download`,
  poster_url: null,
}

const OUTPUT_EXAMPLE = {
  processed_video_id: output,
  name: '720p',
  processing_type: 'trim',
  quality: '720p',
  container: 'mp4',
  video_codec: 'h264',
  audio_codec: 'aac',
  width: 1280,
  height: 720,
  frame_rate: 25,
  duration: 2,
  file_size: 612_034,
  bit_rate: 2_448_136,
  sha256: SHA256,
  download_url: `/api/v1/jobs/download/${job}?quality=720p`,
  file_url: `/processed/${job}/720p.mp4`,
  created_at: '2026-11-30T12:00:09.000Z',
}

const RENDITION_EXAMPLE = {
  name: '720p',
  status: 'completed',
  progress: 100,
  attempt: 1,
  error_code: null,
}

export const JOB_EXAMPLE = {
  job_id: job,
  video_id: video,
  type: 'trim',
  status: 'completed',
  progress: 100,
  stage: 'done',
  eta_seconds: 0,
  speed: null,
  priority: 3,
  created_at: '2026-11-30T12:00:05.000Z',
  started_at: '2026-11-30T12:00:05.100Z',
  finished_at: '2026-11-30T12:00:09.200Z',
  expired_at: null,
  error_code: null,
  error_message: null,
  warnings: [],
  config: { start_time: 1, end_time: 3, mode: null },
  metadata: { ref: 'A-17' },
  renditions: [RENDITION_EXAMPLE],
  outputs: [OUTPUT_EXAMPLE],
  workflow_id: `edit-${job}`,
  temporal_ui_url: null,
}

/** As the routes that make one answer. */
export const NEW_JOB_EXAMPLE = {
  ...JOB_EXAMPLE,
  status: 'pending',
  progress: 0,
  stage: 'queued',
  eta_seconds: null,
  started_at: null,
  finished_at: null,
  renditions: [],
  outputs: [],
}

export const CANCELLED_JOB_EXAMPLE = {
  ...NEW_JOB_EXAMPLE,
  status: 'cancelled',
  stage: 'done',
  started_at: JOB_EXAMPLE.started_at,
  finished_at: JOB_EXAMPLE.finished_at,
}

export const JOB_RESULT_EXAMPLE = {
  job_id: job,
  status: 'completed',
  result_file_path: `/processed/${job}/720p.mp4`,
  processed_video_id: output,
  error_code: null,
  error_message: null,
  outputs: [OUTPUT_EXAMPLE],
}

export const ASSET_EXAMPLE = {
  name: 'logo.png',
  kind: 'image',
  file_size: 4321,
  mime_type: 'image/png',
  width: 320,
  height: 180,
  duration: null,
  sha256: SHA256,
  download_url: '/api/v1/assets/logo.png/download',
  created_at: '2026-11-30T11:59:00.000Z',
}

export const WEBHOOK_REQUEST_EXAMPLE = {
  url: 'https://example.org/cutroom',
  description: 'The ends of jobs',
  events: ['job.completed', 'job.failed'],
}

export const WEBHOOK_EXAMPLE = {
  id: webhook,
  ...WEBHOOK_REQUEST_EXAMPLE,
  enabled: true,
  disabled_reason: null,
  failing_since: null,
  previous_secret_until: null,
  created_at: '2026-11-30T11:58:00.000Z',
}

export const WEBHOOK_WITH_SECRET_EXAMPLE = {
  ...WEBHOOK_EXAMPLE,
  secret: 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=',
}

export const DELIVERY_EXAMPLE = {
  id: delivery,
  webhook_id: webhook,
  event_id: event,
  event_type: 'job.completed',
  status: 'delivered',
  attempts: 1,
  next_attempt_at: null,
  last_attempt_at: '2026-11-30T12:00:09.500Z',
  response_status: 204,
  failure: null,
  created_at: '2026-11-30T12:00:09.250Z',
}

export const NEW_DELIVERY_EXAMPLE = {
  ...DELIVERY_EXAMPLE,
  event_type: 'ping',
  status: 'pending',
  attempts: 0,
  next_attempt_at: '2026-11-30T12:00:09.250Z',
  last_attempt_at: null,
  response_status: null,
}

export const PLAN_EXAMPLE = {
  passes: [
    {
      name: 'edited',
      kind: 'trim',
      summary: 'trim → edited',
      cost: 46.08,
      inputs: [`uploads/${video}.mp4`],
      ffmpeg_arguments: ['-i', `uploads/${video}.mp4`, '-c:v', 'libx264', 'processed/planned/edited.mp4'],
    },
  ],
  outputs: [
    {
      name: 'edited',
      quality: null,
      container: 'mp4',
      key: 'processed/planned/edited.mp4',
      pass: 'edited',
      duration: 2,
      width: 1280,
      height: 720,
      max_file_size: null,
    },
  ],
  warnings: [],
}

export const OUTPUT_FILES_EXAMPLE = {
  files: [
    {
      name: '720p.mp4',
      size: 612_034,
      content_type: 'video/mp4',
      modified_at: '2026-11-30T12:00:09.000Z',
      download_url: `/processed/${job}/720p.mp4`,
    },
  ],
  total: 1,
  total_size: 612_034,
  next_cursor: null,
}
