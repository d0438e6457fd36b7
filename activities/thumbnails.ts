import { posterKey } from '../src/jobs/keys.js'
import { compilePoster } from '../src/plan/compile-poster.js'
import type { ActivityDeps } from './deps.js'
import { executePass } from './execute-pass.js'
import { withHeartbeat } from './heartbeat.js'
import { loadJob } from './load.js'

/** Makes the poster of an upload and declares the video ready. */
export function createThumbnails(deps: ActivityDeps) {
  const { repositories, storage } = deps
  return async function thumbnails(input: { readonly jobId: string }): Promise<void> {
    const { jobId, video } = await loadJob(repositories, input.jobId)
    await repositories.jobs.enterStage(jobId, 'rendering')
    const picture = video.facts.video
    const key = posterKey(jobId)
    if (picture) {
      const pass = compilePoster({ key: video.filePath, facts: video.facts }, picture)
      await withHeartbeat(null, ({ signal }) =>
        executePass(deps, { jobId, pass, signal, onProgress: () => undefined }, (file) =>
          storage.putFile(key, file, 'replace'),
        ),
      )
    }
    await repositories.videos.markReady(video.id, video.facts, picture ? key : null)
  }
}
