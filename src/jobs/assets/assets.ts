import { ASSET_NAME_PATTERN } from '../../edit/limits.js'
import { AppError } from '../../errors.js'
import type { JobsDeps } from '../deps.js'
import { hashFile } from '../hash-file.js'
import { assetKey, ASSETS_PREFIX } from '../keys.js'
import { type Asset, LOCAL_OWNER, type Owner } from '../model.js'
import type { ReceivedFile, StoredFile } from '../use-cases.js'
import { describeAsset } from './asset-kind.js'

type AssetsDeps = Pick<JobsDeps, 'repositories' | 'storage' | 'prober'>

interface NewAsset {
  readonly name: string
  readonly file: ReceivedFile
  /** Whether the same file under this name counts as the result of an earlier attempt. */
  readonly mayRepeat?: boolean
}

/**
 * @throws AppError `asset-exists`, `unsupported-media`, `source-damaged`
 */
export async function createAsset(
  deps: AssetsDeps,
  owner: Owner,
  { name, file, mayRepeat = false }: NewAsset,
): Promise<Asset> {
  const findRepeated = async () => {
    const there = await findAsset(deps, owner, name)
    if (there && !(mayRepeat && there.sha256 === file.sha256)) throw assetExists(name)
    return there
  }
  const repeated = await findRepeated()
  if (repeated) return repeated
  const description = await describeAsset(deps.prober, name, file.path)
  const { sizeBytes: fileSize, sha256 } = file
  const filePath = assetKey(owner, name)
  const asset = { name, owner, filePath, fileSize, sha256, createdAt: new Date(), ...description }
  // Of two at the same moment one places its file, and only that one describes it.
  if (!(await deps.storage.putFile(filePath, file.path, 'if-absent'))) {
    const placed = await findRepeated()
    if (placed) return placed
    throw assetExists(name)
  }
  try {
    // Who looked in between may have taken the file for one that was placed: its row says the same.
    const isNew = await deps.repositories.assets.insert(asset)
    return isNew ? asset : await getAsset(deps, owner, name)
  } catch (error) {
    await deps.storage.remove(filePath)
    throw error
  }
}

function assetExists(name: string): AppError {
  return new AppError('asset-exists', `There is an asset named "${name}": delete it first.`)
}

export async function listAssets(deps: AssetsDeps, owner: Owner): Promise<Asset[]> {
  if (owner === LOCAL_OWNER) await adoptPlacedFiles(deps)
  return deps.repositories.assets.list(owner)
}

/** @throws AppError `asset-not-found` */
export async function getAsset(deps: AssetsDeps, owner: Owner, name: string): Promise<Asset> {
  const asset = await findAsset(deps, owner, name)
  if (!asset) throw new AppError('asset-not-found', `There is no asset named "${name}".`)
  return asset
}

export async function openAsset(deps: AssetsDeps, owner: Owner, name: string): Promise<StoredFile> {
  const asset = await getAsset(deps, owner, name)
  return {
    path: await deps.storage.localPath(asset.filePath),
    sizeBytes: asset.fileSize,
    sha256: asset.sha256,
    contentType: asset.mimeType,
    downloadName: asset.name,
  }
}

export async function deleteAsset(deps: AssetsDeps, owner: Owner, name: string): Promise<void> {
  await getAsset(deps, owner, name)
  const outcome = await deps.repositories.assets.delete(owner, name, ({ filePath }) =>
    deps.storage.remove(filePath),
  )
  if (outcome === 'in-use') {
    throw new AppError('asset-in-use', 'A job that has not ended uses the asset: cancel it or wait for it.')
  }
}

/** The asset of a name: one that was uploaded, or a file that the operator placed in the assets folder. */
export async function findAsset(deps: AssetsDeps, owner: Owner, name: string): Promise<Asset | null> {
  const asset = await deps.repositories.assets.get(owner, name)
  if (asset || owner !== LOCAL_OWNER || !ASSET_NAME_PATTERN.test(name)) return asset
  if ((await deps.storage.size(assetKey(LOCAL_OWNER, name))) === null) return null
  return adopt(deps, name)
}

async function adoptPlacedFiles(deps: AssetsDeps): Promise<void> {
  const known = new Set((await deps.repositories.assets.list(LOCAL_OWNER)).map(({ name }) => name))
  for (const name of await deps.storage.list(ASSETS_PREFIX)) {
    if (known.has(name) || !ASSET_NAME_PATTERN.test(name)) continue
    await adopt(deps, name).catch((error: unknown) => {
      // A placed file that is no asset is the operator's business; it does not show in the list.
      const isNoMedia =
        error instanceof AppError && (error.code === 'unsupported-media' || error.code === 'source-damaged')
      if (!isNoMedia) throw error
    })
  }
}

/** Registers a placed file under its name. */
async function adopt(deps: AssetsDeps, name: string): Promise<Asset | null> {
  const filePath = assetKey(LOCAL_OWNER, name)
  const path = await deps.storage.localPath(filePath)
  const description = await describeAsset(deps.prober, name, path)
  const fileSize = (await deps.storage.size(filePath)) ?? 0
  const sha256 = await hashFile(path)
  const asset = {
    name,
    owner: LOCAL_OWNER,
    filePath,
    fileSize,
    sha256,
    createdAt: new Date(),
    ...description,
  }
  await deps.repositories.assets.insert(asset)
  return deps.repositories.assets.get(LOCAL_OWNER, name)
}
