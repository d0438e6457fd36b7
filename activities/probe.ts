import { attemptFolder } from '../src/jobs/keys.js'
import type { JobId, Video } from '../src/jobs/model.js'
import { withFetched } from '../src/jobs/stored-files.js'
import { measureSource } from '../src/media/packets/measure-source.js'
import { describeDamage } from '../src/plan/inputs/damage.js'
import type { MediaFacts } from '../src/plan/model/facts.js'
import type { ActivityDeps } from './deps.js'
import { withBareHeartbeat } from './heartbeat.js'
import { loadJob, loadOtherVideos } from './load.js'

/** Measures each source by its packets, once: the values in a header may be missing or wrong. */
export function createProbe(deps: ActivityDeps) {
  const { repositories } = deps
  return async function probe(input: { readonly jobId: string }): Promise<void> {
    const { job, jobId, video } = await loadJob(repositories, input.jobId)
    await repositories.jobs.enterStage(jobId, 'probing', job.workflowId)
    const facts = await measureVideo(deps, jobId, video)
    const damage = describeDamage(facts)
    // For an edit, its plan has this warning.
    if (damage && job.type === 'upload') {
      await repositories.jobs.addWarning(jobId, { code: 'source-damaged', message: damage })
    }
    for (const other of await loadOtherVideos(deps, job)) await measureVideo(deps, jobId, other)
  }
}

/** Whether a video was measured by its packets, and by a version that looks for what can be copied of the picture. */
export function isMeasured({ facts: { isMeasured: isDone, video } }: Pick<Video, 'facts'>): boolean {
  return video ? video.frameCount !== null && video.groups !== undefined : isDone === true
}

async function measureVideo(deps: ActivityDeps, jobId: JobId, video: Video): Promise<MediaFacts> {
  if (isMeasured(video)) return video.facts
  const { repositories, ffmpeg } = deps
  const facts = await withBareHeartbeat(deps.solitude, (signal) =>
    withFetched(deps, attemptFolder(jobId, 'probe'), video.filePath, (path) =>
      measureSource(ffmpeg, path, video.facts, signal),
    ),
  )
  await repositories.videos.saveFacts(video.id, facts)
  return facts
}
