import type { Home } from '../guarded-server.js'

/** Bodies that name things of an owner. */
export const BODIES: Readonly<Record<string, (home: Home) => object>> = {
  trimVideo: ({ videoId }) => ({ video_id: videoId, start_time: 0, end_time: 1 }),
  overlayVideo: ({ videoId }) => ({ video_id: videoId, overlay_type: 'text', content: 'x' }),
  watermarkVideo: ({ videoId, asset }) => ({ video_id: videoId, watermark_path: asset }),
  makeQualities: ({ videoId }) => ({ video_id: videoId, qualities: ['480p'] }),
  previewEdit: ({ videoId }) => ({ edit: { video_id: videoId }, at: 1 }),
  renderTemplate: ({ videoId }) => ({ video_id: videoId, values: {} }),
  createEdit: ({ videoId }) => ({ video_id: videoId, operations: [{ type: 'mute' }] }),
}

/** Bodies that do not. */
export const OTHER_BODIES: Readonly<Record<string, object>> = {
  createTemplate: { name: 'x', edit: {} },
  updateTemplate: { name: 'x', edit: {} },
  createWebhook: { url: 'https://example.org/hook' },
  updateWebhook: { description: 'x' },
  // Its URL is a right of its own: test/http/routes/resumable.refused.test.ts.
  createUpload: { filename: 'a.mp4' },
}
