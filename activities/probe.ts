import { scanPackets } from '../src/media/scan-packets.js'
import type { ActivityDeps } from './deps.js'
import { withHeartbeat } from './heartbeat.js'
import { loadJob } from './load.js'

/** Measures the source by its packets, once: what a header says may be missing or wrong. */
export function createProbe({ repositories, storage, ffmpeg }: ActivityDeps) {
  return async function probe(input: { readonly jobId: string }): Promise<void> {
    const { jobId, video } = await loadJob(repositories, input.jobId)
    await repositories.jobs.enterStage(jobId, 'probing')
    if (video.facts.video?.frameCount != null) return
    const path = await storage.localPath(video.filePath)
    const facts = await withHeartbeat(null, ({ signal }) =>
      scanPackets(ffmpeg.ffprobePath, path, video.facts, signal),
    )
    await repositories.videos.saveFacts(video.id, facts)
  }
}
