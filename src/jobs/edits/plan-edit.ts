import { currentOperations } from '../../edit/current-operations.js'
import type { Edit, Operation } from '../../edit/operation.js'
import { AppError, type ErrorCode, type FieldIssue } from '../../errors.js'
import { type Compilation, compileEdit, type CompileOptions } from '../../plan/compile.js'
import type { AssetSource, Source, Sources } from '../../plan/model/sources.js'
import { findAsset } from '../assets/assets.js'
import { readAsset } from '../assets/read-asset.js'
import type { JobsDeps } from '../deps.js'
import type { Owner, Video } from '../model.js'
import { readStored } from '../stored-files.js'
import { assetNames, namedVideos } from './files-read.js'

/** What a job reads, as the compiler takes it. */
export interface JobSources {
  readonly edit: Edit
  readonly sources: Sources
  /** SHA-256 of the files, by storage key. */
  readonly hashes: ReadonlyMap<string, string>
}

/** @throws AppError `asset-not-found`, `video-not-found`, `video-not-ready` */
export async function loadSources(
  deps: Pick<JobsDeps, 'repositories' | 'storage' | 'workFolders' | 'prober'>,
  { owner, edit: saved }: { readonly owner: Owner; readonly edit: Edit },
  video: Video,
): Promise<JobSources> {
  const edit = { ...saved, operations: currentOperations(saved.operations) }
  const hashes = new Map([[video.filePath, video.sha256]])
  const assets = new Map<string, AssetSource>()
  for (const name of assetNames(edit.operations)) {
    const asset = await findAsset(deps, owner, name)
    if (!asset) throw new AppError('asset-not-found', `There is no asset named "${name}".`)
    assets.set(name, await readAsset(asset, (maxBytes) => readStored(deps, asset.filePath, maxBytes)))
    hashes.set(asset.filePath, asset.sha256)
  }
  const videos = new Map<string, Source>()
  for (const [text, other] of await loadVideos(deps, owner, edit.operations)) {
    videos.set(text, { key: other.filePath, facts: other.facts })
    hashes.set(other.filePath, other.sha256)
  }
  return { edit, sources: { video: { key: video.filePath, facts: video.facts }, assets, videos }, hashes }
}

/**
 * Compiles the edit of a job from the facts of its files, to refuse what cannot be rendered.
 * @throws AppError `asset-not-found`, `video-not-found`, `video-not-ready`
 */
export async function planEdit(
  deps: Pick<JobsDeps, 'repositories' | 'storage' | 'workFolders' | 'prober'>,
  job: { readonly owner: Owner; readonly edit: Edit },
  video: Video,
  options: CompileOptions,
): Promise<Compilation> {
  const { edit, sources } = await loadSources(deps, job, video)
  return compileEdit(edit, sources, options)
}

/** @throws AppError that names every video that is missing or cannot be read, with its place in the edit */
async function loadVideos(
  { repositories }: Pick<JobsDeps, 'repositories'>,
  owner: Owner,
  operations: readonly Operation[],
): Promise<Map<string, Video>> {
  const videos = new Map<string, Video>()
  const missing: FieldIssue[] = []
  const unreadable: FieldIssue[] = []
  for (const { text, id, pointer } of namedVideos(operations)) {
    const video = videos.has(text) ? null : await repositories.videos.get(owner, id)
    if (video) videos.set(text, video)
    else if (!videos.has(text)) missing.push({ pointer, message: `There is no video with the id ${id}.` })
    if (video?.status === 'failed')
      unreadable.push({ pointer, message: `The video ${id} could not be read.` })
  }
  refuse('video-not-found', missing)
  refuse('video-not-ready', unreadable)
  return videos
}

function refuse(code: ErrorCode, issues: readonly FieldIssue[]): void {
  if (issues.length > 0) throw new AppError(code, issues.map(({ message }) => message).join(' '), { issues })
}
