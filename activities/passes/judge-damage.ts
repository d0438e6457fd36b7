import { basename } from 'node:path'
import type { DecodeTally } from '../../src/jobs/decode-tally.js'
import type { Job } from '../../src/jobs/model.js'
import { judgeDecode, type KnownInput } from '../../src/media/decoding/judge-decode.js'
import type { ActivityDeps } from '../deps.js'

type JudgeDeps = Pick<ActivityDeps, 'repositories'>

/**
 * Judges how well the sources of an output could be decoded: small damage becomes a warning of the job.
 * @throws AppError `source-damaged` when too little of a source is left
 */
export async function judgeDamage(deps: JudgeDeps, job: Job, tally: DecodeTally): Promise<void> {
  const keys = tally.streams.map(({ key }) => key)
  const sources = await findSources(deps, job, keys)
  for (const warning of judgeDecode(tally, sources)) await deps.repositories.jobs.addWarning(job.id, warning)
}

/** What the database knows about sources, by storage key. */
async function findSources(
  { repositories: { assets, videos } }: JudgeDeps,
  { owner, videoId, assetIds }: Pick<Job, 'owner' | 'videoId' | 'assetIds'>,
  keys: readonly string[],
): Promise<ReadonlyMap<string, KnownInput>> {
  const read = new Map((await assets.listByIds(assetIds)).map((asset) => [asset.filePath, asset]))
  const known = [...new Set(keys)].map(async (key): Promise<[string, KnownInput]> => {
    const asset = read.get(key)
    if (asset) return [key, { name: `The asset "${asset.name}"`, facts: asset.facts }]
    const video = await videos.getByFilename(owner, basename(key))
    const name = !video || video.id === videoId ? 'The video' : `The video ${video.id}`
    return [key, { name, facts: video?.facts ?? null }]
  })
  return new Map(await Promise.all(known))
}
