import { EXAMPLE_IDS } from './examples.js'

const { event, video, job } = EXAMPLE_IDS

export const EVENT_LIST_EXAMPLE = {
  events: [
    {
      id: event,
      type: 'video.ready',
      timestamp: '2026-11-30T12:00:02.000Z',
      data: {
        video_id: video,
        job_id: job,
        status: 'ready',
        error_code: null,
        links: { job: `/api/v1/jobs/${job}`, video: `/api/v1/videos/${video}` },
      },
    },
  ],
  next_cursor: null,
  end_cursor: '41-9f3c0a1b',
}

export const EVENT_LINK_EXAMPLE = { url: '/api/v1/events?type=job.*', expires_at: null }
