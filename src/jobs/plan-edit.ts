import type { Edit, Operation } from '../edit/operations.js'
import { AppError } from '../errors.js'
import { compileEdit, type Compilation } from '../plan/compile.js'
import type { AssetSource } from '../plan/sources.js'
import { findAsset } from './assets.js'
import type { JobsDeps } from './deps.js'
import { processedPrefix } from './keys.js'
import type { JobId, Owner, Video } from './model.js'

/** Names of the assets that an edit reads. */
export function assetNames(operations: readonly Operation[]): string[] {
  const names = operations.flatMap((op) => {
    if (op.type === 'watermark') return [op.watermark_path]
    if (op.type === 'replace_audio') return [op.audio]
    return op.type === 'overlay' && op.overlay_type !== 'text' ? [op.content] : []
  })
  return [...new Set(names)]
}

/**
 * Compiles the edit of a job from what is known of its files. The API does so to refuse what cannot be
 * rendered, the `plan` activity to render it.
 * @throws AppError `asset-not-found`
 */
export async function planEdit(
  deps: Pick<JobsDeps, 'repositories' | 'storage' | 'prober'>,
  job: { readonly id: JobId; readonly owner: Owner; readonly edit: Edit },
  video: Video,
): Promise<Compilation> {
  const assets = new Map<string, AssetSource>()
  for (const name of assetNames(job.edit.operations)) {
    const asset = await findAsset(deps, job.owner, name)
    if (!asset) throw new AppError('asset-not-found', `There is no asset named "${name}".`)
    assets.set(name, { key: asset.filePath, kind: asset.kind, facts: asset.facts })
  }
  const sources = { video: { key: video.filePath, facts: video.facts }, assets }
  return compileEdit(job.edit, sources, processedPrefix(job.id))
}
