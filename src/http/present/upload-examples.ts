import { EXAMPLE_IDS } from './examples.js'

const { upload } = EXAMPLE_IDS

/** The signature stands for a real one. */
export const UPLOAD_TOKEN_EXAMPLE = `${upload}.c2lnbmF0dXJl`

export const UPLOAD_EXAMPLE = {
  upload_id: upload,
  upload_url: `/uploads/resumable/${UPLOAD_TOKEN_EXAMPLE}`,
  status: 'open',
  filename: 'holiday.mp4',
  size: 5_510_872,
  offset: 0,
  job_id: null,
  video_id: null,
  error_code: null,
  error_message: null,
  created_at: '2026-11-30T11:56:00.000Z',
  expires_at: '2026-12-01T11:56:00.000Z',
}
