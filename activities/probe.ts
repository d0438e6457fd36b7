import { AppError } from '../src/errors.js'
import type { Job, Video } from '../src/jobs/model.js'
import { otherVideoIds } from '../src/jobs/plan-edit.js'
import { scanPackets } from '../src/media/scan-packets.js'
import type { MediaFacts } from '../src/plan/facts.js'
import { describeDamage } from '../src/plan/normalise/damage.js'
import type { ActivityDeps } from './deps.js'
import { withHeartbeat } from './heartbeat.js'
import { loadJob } from './load.js'

/** Measures the sources by their packets, each once: what a header says may be missing or wrong. */
export function createProbe(deps: ActivityDeps) {
  const { repositories } = deps
  return async function probe(input: { readonly jobId: string }): Promise<void> {
    const { job, jobId, video } = await loadJob(repositories, input.jobId)
    await repositories.jobs.enterStage(jobId, 'probing')
    const facts = await measureVideo(deps, video)
    const damage = describeDamage(facts)
    // The plan of an edit warns by itself.
    if (damage && job.type === 'upload') {
      await repositories.jobs.addWarning(jobId, { code: 'source-damaged', message: damage })
    }
    for (const other of await loadOthers(deps, job)) await measureVideo(deps, other)
  }
}

async function loadOthers({ repositories }: ActivityDeps, { edit, owner }: Job): Promise<Video[]> {
  const videos: Video[] = []
  for (const id of otherVideoIds(edit?.operations ?? [])) {
    const video = await repositories.videos.get(owner, id)
    if (!video) throw new AppError('video-not-found', 'A video of the edit was deleted.')
    videos.push(video)
  }
  return videos
}

async function measureVideo(
  { repositories, storage, ffmpeg }: ActivityDeps,
  video: Video,
): Promise<MediaFacts> {
  if (video.facts.isMeasured || video.facts.video?.frameCount != null) return video.facts
  const path = await storage.localPath(video.filePath)
  const facts = await withHeartbeat(null, ({ signal }) =>
    scanPackets(ffmpeg.ffprobePath, path, video.facts, signal),
  )
  await repositories.videos.saveFacts(video.id, facts)
  return facts
}
