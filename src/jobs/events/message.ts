import { jobPath, outputDownloadPath, videoPath } from '../api-paths.js'
import type { Happening, OwnerEvent } from './event.js'

/** An event as its owner receives it. Links are paths below the address of this API. */
export interface EventMessage {
  readonly id: string
  readonly type: OwnerEvent['type']
  readonly timestamp: string
  readonly data: object
}

export function messageOf(event: OwnerEvent): EventMessage {
  return {
    id: event.id,
    type: event.type,
    timestamp: event.createdAt.toISOString(),
    data: { ...event.data, links: linksOf(event) },
  }
}

function linksOf(happening: Happening): Readonly<Record<string, string>> {
  if (happening.type === 'ping') return {}
  const { job_id: jobId, video_id: videoId } = happening.data
  const links = { job: jobPath(jobId), video: videoPath(videoId) }
  if (happening.type !== 'rendition.completed') return links
  return { ...links, download: outputDownloadPath(jobId, happening.data.name) }
}
