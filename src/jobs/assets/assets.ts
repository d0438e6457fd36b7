import { AppError } from '../../errors.js'
import { type Asset, type AssetId, LOCAL_OWNER, type Owner } from '../model.js'
import { openStored } from '../stored-files.js'
import type { ReceivedFile, StoredFile } from '../use-cases.js'
import { findAsset, removePlaced, takePlacedFiles } from './placed-files.js'
import { type AssetsDeps, storeVersion } from './store-version.js'

interface NewAsset {
  readonly name: string
  readonly file: ReceivedFile
  /** A file that is there already under this name, with the same bytes, is the answer to an earlier attempt. */
  readonly mayRepeat?: boolean
}

/** @throws AppError `asset-exists`, `unsupported-media`, `source-damaged` */
export async function createAsset(deps: AssetsDeps, owner: Owner, created: NewAsset): Promise<Asset> {
  const { name, file } = created
  const existing = await findAsset(deps, owner, name)
  if (existing) return requireRepeated(existing, created)
  const { path: localFile, sizeBytes: fileSize, sha256 } = file
  const version = { name, owner, localFile, fileSize, sha256, placedAt: null, replaced: null }
  // Of two requests at the same moment one becomes current.
  return (
    (await storeVersion(deps, version)) ??
    requireRepeated(await deps.repositories.assets.get(owner, name), created)
  )
}

function requireRepeated(asset: Asset | null, { name, file, mayRepeat = false }: NewAsset): Asset {
  if (asset && mayRepeat && asset.sha256 === file.sha256) return asset
  throw new AppError(
    'asset-exists',
    `An asset named "${name}" exists already. Delete it first, or choose another name.`,
  )
}

export async function listAssets(deps: AssetsDeps, owner: Owner): Promise<Asset[]> {
  if (owner === LOCAL_OWNER) await takePlacedFiles(deps)
  return deps.repositories.assets.list(owner)
}

/** @throws AppError `asset-not-found` */
export async function getAsset(deps: AssetsDeps, owner: Owner, name: string): Promise<Asset> {
  const asset = await findAsset(deps, owner, name)
  if (!asset) throw new AppError('asset-not-found', `There is no asset named "${name}".`)
  return asset
}

export async function openAsset(deps: AssetsDeps, owner: Owner, name: string): Promise<StoredFile> {
  const { filePath, sha256, mimeType: contentType } = await getAsset(deps, owner, name)
  return openStored(deps, filePath, { sha256, contentType, downloadName: name })
}

/** Frees the name. The bytes live on while a job needs them; then housekeeping removes them. */
export async function deleteAsset(deps: AssetsDeps, owner: Owner, name: string): Promise<void> {
  // One that cannot be read any more can be deleted, too.
  const isKnown = (await deps.repositories.assets.get(owner, name)) !== null
  if (!isKnown) await getAsset(deps, owner, name)
  if (owner === LOCAL_OWNER) await removePlaced(deps, name)
  const retired = await deps.repositories.assets.retire(owner, name)
  if (!retired) return
  await removeVersion(deps, retired.id).catch((error: unknown) => {
    deps.log.error({ err: error, file: retired.filePath }, 'the file of a deleted asset is removed later')
  })
}

/** Removes a retired version, unless a job needs it. Returns whether it was removed. */
export function removeVersion(
  { repositories, storage }: Pick<AssetsDeps, 'repositories' | 'storage'>,
  id: AssetId,
): Promise<boolean> {
  return repositories.assets.remove(id, ({ filePath }) => storage.remove(filePath))
}
