import { stat } from 'node:fs/promises'
import { ASSET_NAME_PATTERN } from '../../edit/limits.js'
import { AppError } from '../../errors.js'
import type { JobsDeps } from '../deps.js'
import { hashFile } from '../hash-file.js'
import { assetKey, ASSETS_PREFIX, requestFolder } from '../keys.js'
import { type Asset, LOCAL_OWNER, type Owner } from '../model.js'
import { openStored, withFetched } from '../stored-files.js'
import { isSurelyAbsent } from '../surely-absent.js'
import type { ReceivedFile, StoredFile } from '../use-cases.js'
import { describeAsset } from './asset-kind.js'

type AssetsDeps = Pick<JobsDeps, 'repositories' | 'storage' | 'workFolders' | 'prober'>

interface NewAsset {
  readonly name: string
  readonly file: ReceivedFile
  /** A file that is there already under this name, with the same bytes, is the answer to an earlier attempt. */
  readonly mayRepeat?: boolean
}

/** @throws AppError `asset-exists`, `unsupported-media`, `source-damaged` */
export async function createAsset(deps: AssetsDeps, owner: Owner, created: NewAsset): Promise<Asset> {
  const { name, file } = created
  const { assets } = deps.repositories
  const existing = await findAsset(deps, owner, name)
  if (existing) return requireRepeated(existing, created)
  const description = await describeAsset(deps.prober, name, file.path)
  const { sizeBytes: fileSize, sha256 } = file
  const filePath = assetKey(owner, name)
  const asset = { name, owner, filePath, fileSize, sha256, createdAt: new Date(), ...description }
  // Of two requests at the same moment one places its file, and only that one describes it.
  if (!(await deps.storage.putFile(filePath, file.path, 'if-absent'))) {
    return requireRepeated(await findPlaced(deps, owner, name), created)
  }
  try {
    // Another request may have registered the file since it was placed: its row says the same.
    const isNew = await assets.insert(asset)
    return isNew ? asset : await getAsset(deps, owner, name)
  } catch (error) {
    if (await isSurelyAbsent(() => assets.get(owner, name))) await deps.storage.remove(filePath)
    throw error
  }
}

function requireRepeated(asset: Asset | null, { name, file, mayRepeat = false }: NewAsset): Asset {
  if (asset && mayRepeat && asset.sha256 === file.sha256) return asset
  throw new AppError(
    'asset-exists',
    `An asset named "${name}" exists already. Delete it first, or choose another name.`,
  )
}

/** The asset of a file that is in place. Its row may be missing: a request may have lost the database before it. */
async function findPlaced(deps: AssetsDeps, owner: Owner, name: string): Promise<Asset | null> {
  const asset = await findAsset(deps, owner, name)
  if (asset) return asset
  try {
    return await register(deps, owner, name)
  } catch (error) {
    // The request that had placed it has just removed it again.
    if (error instanceof AppError && error.code === 'file-not-found') return null
    throw error
  }
}

export async function listAssets(deps: AssetsDeps, owner: Owner): Promise<Asset[]> {
  if (owner === LOCAL_OWNER) await registerPlacedFiles(deps)
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

export async function deleteAsset(deps: AssetsDeps, owner: Owner, name: string): Promise<void> {
  await getAsset(deps, owner, name)
  const outcome = await deps.repositories.assets.delete(owner, name, ({ filePath }) =>
    deps.storage.remove(filePath),
  )
  if (outcome === 'in-use') {
    throw new AppError(
      'asset-in-use',
      'A job that has not ended uses the asset. Cancel the job or wait until it has ended.',
    )
  }
}

/** The asset of a name: one that was uploaded, or a file that the operator has placed among the assets. */
export async function findAsset(deps: AssetsDeps, owner: Owner, name: string): Promise<Asset | null> {
  const asset = await deps.repositories.assets.get(owner, name)
  if (asset || owner !== LOCAL_OWNER || !ASSET_NAME_PATTERN.test(name)) return asset
  if (!(await deps.storage.stat(assetKey(LOCAL_OWNER, name)))) return null
  return register(deps, LOCAL_OWNER, name)
}

async function registerPlacedFiles(deps: AssetsDeps): Promise<void> {
  const known = new Set((await deps.repositories.assets.list(LOCAL_OWNER)).map(({ name }) => name))
  for (const name of await deps.storage.list(ASSETS_PREFIX)) {
    if (known.has(name) || !ASSET_NAME_PATTERN.test(name)) continue
    await register(deps, LOCAL_OWNER, name).catch((error: unknown) => {
      // A placed file that is not media is left to the operator and does not show in the list.
      const isNoMedia =
        error instanceof AppError && (error.code === 'unsupported-media' || error.code === 'source-damaged')
      if (!isNoMedia) throw error
    })
  }
}

/** Makes the row of a file that is in place. */
async function register(deps: AssetsDeps, owner: Owner, name: string): Promise<Asset | null> {
  const filePath = assetKey(owner, name)
  const found = await withFetched(deps, requestFolder(), filePath, async (path) => ({
    ...(await describeAsset(deps.prober, name, path)),
    fileSize: (await stat(path)).size,
    sha256: await hashFile(path),
  }))
  await deps.repositories.assets.insert({ name, owner, filePath, createdAt: new Date(), ...found })
  return deps.repositories.assets.get(owner, name)
}
