import { AppError, ERRORS } from '../src/errors.js'
import { posterKey } from '../src/jobs/keys.js'
import type { JobId, Video } from '../src/jobs/model.js'
import { compilePoster } from '../src/plan/derive/upload-poster.js'
import type { VideoFacts } from '../src/plan/model/facts.js'
import type { ActivityDeps } from './deps.js'
import { withBareHeartbeat } from './heartbeat.js'
import { loadJob } from './load.js'
import { executePass } from './passes/render.js'

/** Makes the poster of an upload and declares the video ready, with or without one. */
export function createPoster(deps: ActivityDeps) {
  const { repositories } = deps
  return async function poster(input: { readonly jobId: string }): Promise<void> {
    const { job, jobId, video } = await loadJob(repositories, input.jobId)
    await repositories.jobs.enterStage(jobId, 'rendering', job.workflowId)
    const picture = video.facts.video
    const hasPoster = picture !== null && (await makePoster(deps, jobId, video, picture))
    await repositories.videos.markReady(video.id, video.facts, hasPoster ? posterKey(jobId) : null)
  }
}

/** false: no poster can be made of the picture. That is no reason to refuse the video. */
async function makePoster(
  deps: ActivityDeps,
  jobId: JobId,
  video: Video,
  picture: VideoFacts,
): Promise<boolean> {
  const pass = compilePoster({ key: video.filePath, facts: video.facts }, picture)
  try {
    await withBareHeartbeat(deps.solitude, (signal) =>
      executePass(
        deps,
        { jobId, pass, signal, onProgress: () => undefined, isShort: true },
        async ([file]) => {
          if (file) await deps.storage.putFile(posterKey(jobId), file.path, 'replace')
        },
      ),
    )
    return true
  } catch (error) {
    if (!(error instanceof AppError) || ERRORS[error.code].retry !== 'never') throw error
    deps.log.warn({ err: error, jobId }, 'no poster')
    return false
  }
}
