import { join } from 'node:path'
import type { Platform } from '../../e2e/support/platform.js'
import { ffmpegBelow } from '../../e2e/support/processes.js'
import { until } from '../../support/until.js'
import { field, type InsistentClient } from './insistent-client.js'
import { encodeClip, type Promised } from './load.js'

const ENDS: ReadonlySet<string> = new Set(['completed', 'failed', 'cancelled'])

export interface Heavy {
  readonly videoId: string
  /** Posts a job with some seconds of work, and waits until ffmpeg works on it. */
  begin(key: string): Promise<Promised>
}

/** A video that is long enough for a fault to hit the middle of its encode. */
export async function uploadHeavy(
  platform: Platform,
  client: InsistentClient,
  seconds: number,
): Promise<Heavy> {
  const file = await encodeClip(join(platform.dataDir, 'heavy.mp4'), '1280x720', seconds)
  const answer = await client.upload(file, 'heavy')
  const videoId = field(answer, 'video_id')
  await jobReaches(client, field(answer, 'job_id'), 'completed')
  return {
    videoId,
    begin: async (key) => {
      const text = { type: 'overlay', overlay_type: 'text', content: key, font_size: 40 }
      const body = { video_id: videoId, operations: [text], output: { qualities: ['720p'] } }
      const jobId = field(await client.post('/edits', body, key), 'job_id')
      await until('ffmpeg works', async () => (await ffmpegBelow(platform.dataDir)).length > 0, 60_000)
      return { jobId, what: key, frames: seconds * 25, mayBeCancelled: false }
    },
  }
}

export async function statusOf(client: InsistentClient, jobId: string): Promise<string> {
  return field(await client.get(`/jobs/${jobId}`), 'status')
}

export async function jobReaches(client: InsistentClient, jobId: string, status: string): Promise<void> {
  await until(
    `the job is ${status}`,
    async () => {
      const now = await statusOf(client, jobId)
      if (now !== status && ENDS.has(now)) throw new Error(`the job should be ${status}, but is ${now}`)
      return now === status
    },
    180_000,
  )
}
