import { basename } from 'node:path'
import { ASSETS_PREFIX } from '../src/jobs/keys.js'
import type { Job } from '../src/jobs/model.js'
import type { KnownInput } from '../src/media/judge-decode.js'
import type { PassWork } from '../src/plan/plan.js'
import type { ActivityDeps } from './deps.js'

/** What the database knows of a pass's inputs, in their order. */
export function knownInputs(
  { repositories: { assets, videos } }: Pick<ActivityDeps, 'repositories'>,
  { owner, videoId }: Pick<Job, 'owner' | 'videoId'>,
  { inputs }: Pick<PassWork, 'inputs'>,
): Promise<KnownInput[]> {
  return Promise.all(
    inputs.map(async ({ key }) => {
      if (key.startsWith(ASSETS_PREFIX)) {
        const name = basename(key)
        const asset = await assets.get(owner, name)
        return { name: `The asset "${name}"`, facts: asset?.facts ?? null }
      }
      const video = await videos.getByFilename(owner, basename(key))
      const name = !video || video.id === videoId ? 'The video' : `The video ${video.id}`
      return { name, facts: video?.facts ?? null }
    }),
  )
}
