import { currentOperations } from '../../edit/current-operations.js'
import { LIMITS } from '../../edit/limits.js'
import type { Edit, Operation } from '../../edit/operation.js'
import { AppError, type ErrorCode, type FieldIssue } from '../../errors.js'
import type { CompileOptions } from '../../plan/compile.js'
import type { Source } from '../../plan/model/sources.js'
import { findAsset } from '../assets/placed-files.js'
import type { AssetsDeps } from '../assets/store-version.js'
import type { JobsDeps } from '../deps.js'
import { requestFolder } from '../keys.js'
import type { Asset, AssetId, Owner, Video } from '../model.js'
import type { AssetFile, CompileTask, PictureTask, WithFile } from '../ports/calculations.js'
import { readStored, withFetched } from '../stored-files.js'
import { assetNames, keptTexts, namedAssets, namedVideos } from './files-read.js'
import { readTexts } from './read-texts.js'

/** What a job reads. */
export interface JobFiles extends Pick<CompileTask, 'edit' | 'video' | 'assets' | 'videos' | 'texts'> {
  readonly owner: Owner
  /** SHA-256 of the files, by storage key. */
  readonly hashes: ReadonlyMap<string, string>
  readonly assetIds: readonly AssetId[]
}

interface PlannedEdit {
  readonly owner: Owner
  readonly edit: Edit
  /** The versions of assets that a job was accepted with; null: it is not accepted yet, and gets the current ones. */
  readonly assetIds: readonly AssetId[] | null
}

type FilesDeps = AssetsDeps

/** @throws AppError `asset-not-found`, `video-not-found`, `video-not-ready` */
export async function loadFiles(
  deps: FilesDeps,
  { owner, edit: saved, assetIds }: PlannedEdit,
  video: Video,
): Promise<JobFiles> {
  const edit = { ...saved, operations: currentOperations(saved.operations) }
  const hashes = new Map([[video.filePath, video.sha256]])
  const versions = await loadAssets(deps, { owner, edit, assetIds })
  const assets: AssetFile[] = []
  for (const asset of versions) {
    assets.push(await loadAsset(deps, owner, asset))
    hashes.set(asset.filePath, asset.sha256)
  }
  const videos = new Map<string, Source>()
  for (const [text, other] of await loadVideos(deps, owner, edit.operations)) {
    videos.set(text, { key: other.filePath, facts: other.facts })
    hashes.set(other.filePath, other.sha256)
  }
  const source = { key: video.filePath, facts: video.facts }
  const texts = await readTexts({ ...deps, prober: deps.proberFor(owner) }, keptTexts(edit), source)
  return {
    ...{ owner, edit, video: source, assets, videos, hashes },
    ...(texts && { texts }),
    assetIds: versions.map(({ id }) => id),
  }
}

async function loadAsset(deps: FilesDeps, owner: Owner, asset: Asset): Promise<AssetFile> {
  const { name, kind, facts, filePath, sha256 } = asset
  const file = { name, kind, facts, filePath }
  switch (kind) {
    case 'font': {
      const withFile: WithFile = (use) => withFetched(deps, requestFolder(), filePath, use)
      return { ...file, font: await deps.calculations.font(owner, sha256, withFile) }
    }
    case 'subtitle':
      return { ...file, bytes: await readStored(deps, filePath, LIMITS.subtitleBytes) }
    case 'image':
    case 'video':
    case 'audio':
      return file
  }
}

/** What it takes to compile an edit. */
export async function compileTask(
  deps: Pick<JobsDeps, 'health'>,
  files: JobFiles,
  options: CompileOptions,
): Promise<CompileTask> {
  return { ...(await pictureTask(deps, files)), options }
}

/** The same without what only outputs need. While ffmpeg cannot be asked, nothing counts as missing. */
export async function pictureTask(
  { health }: Pick<JobsDeps, 'health'>,
  { edit, video, assets, videos, texts }: JobFiles,
): Promise<Omit<PictureTask, 'picture'>> {
  const found = await health.capabilities().catch(() => null)
  const missing = found?.missing ?? []
  return { ...{ edit, video, assets, videos, missing }, ...(texts && { texts }) }
}

/** @throws AppError that names every asset that is missing, with all of its places in the edit */
async function loadAssets(deps: FilesDeps, { owner, edit, assetIds }: PlannedEdit): Promise<Asset[]> {
  const held = assetIds && (await deps.repositories.assets.listByIds(assetIds))
  const find = async (name: string) =>
    held ? held.find((asset) => asset.name === name) : findAsset(deps, owner, name)
  const assets: Asset[] = []
  const missing: FieldIssue[] = []
  for (const name of assetNames(edit)) {
    const asset = await find(name)
    if (asset) assets.push(asset)
    else {
      const places = namedAssets(edit).filter((named) => named.name === name)
      missing.push(
        ...places.map(({ pointer }) => ({ pointer, message: `There is no asset named "${name}".` })),
      )
    }
  }
  refuse('asset-not-found', missing)
  return assets
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
  if (issues.length > 0)
    throw new AppError(code, [...new Set(issues.map(({ message }) => message))].join(' '), { issues })
}
