import { basename } from 'node:path'
import { ASSETS_PREFIX } from '../../src/jobs/keys.js'
import type { Job } from '../../src/jobs/model.js'
import type { KnownInput } from '../../src/media/decoding/judge-decode.js'
import type { ActivityDeps } from '../deps.js'

/** What the database knows of sources, by storage key. */
export async function knownInputs(
  { repositories: { assets, videos } }: Pick<ActivityDeps, 'repositories'>,
  { owner, videoId }: Pick<Job, 'owner' | 'videoId'>,
  keys: readonly string[],
): Promise<ReadonlyMap<string, KnownInput>> {
  const known = [...new Set(keys)].map(async (key): Promise<[string, KnownInput]> => {
    if (key.startsWith(ASSETS_PREFIX)) {
      const name = basename(key)
      const asset = await assets.get(owner, name)
      return [key, { name: `The asset "${name}"`, facts: asset?.facts ?? null }]
    }
    const video = await videos.getByFilename(owner, basename(key))
    const name = !video || video.id === videoId ? 'The video' : `The video ${video.id}`
    return [key, { name, facts: video?.facts ?? null }]
  })
  return new Map(await Promise.all(known))
}
