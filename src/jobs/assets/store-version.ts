import { v7 as uuidv7 } from 'uuid'
import type { JobsDeps } from '../deps.js'
import { assetFileKey } from '../keys.js'
import type { Asset, AssetId } from '../model.js'
import { storeWithRow } from '../store-with-row.js'
import { type AssetReaders, describeAsset } from './asset-kind.js'

export type AssetsDeps = Pick<
  JobsDeps,
  'repositories' | 'storage' | 'workFolders' | 'minFreeDiskBytes' | 'proberFor' | 'calculations' | 'log'
>

interface NewVersion extends Pick<Asset, 'name' | 'owner' | 'fileSize' | 'sha256' | 'placedAt'> {
  /** In a work folder. */
  readonly localFile: string
  /** The current version, in whose place it comes; null: the name is free. */
  readonly replaced: AssetId | null
}

/**
 * Finds out what a file is, stores it and makes it the current version of an asset. null: another version has become
 * current meanwhile, and nothing is left of this one.
 * @throws AppError `unsupported-media`, `source-damaged`
 */
export async function storeVersion(deps: AssetsDeps, version: NewVersion): Promise<Asset | null> {
  const { localFile, replaced, ...given } = version
  const description = await describeAsset(readersOf(deps, given.owner), given.name, localFile)
  const id = uuidv7() as AssetId
  const asset = { ...given, ...description, id, filePath: assetFileKey(id), createdAt: new Date() }
  const isCurrent = await storeWithRow(deps, {
    key: asset.filePath,
    localFile,
    insert: () => deps.repositories.assets.insert(asset, replaced),
    isInserted: (isInserted) => isInserted,
  })
  return isCurrent ? asset : null
}

function readersOf({ proberFor, calculations }: AssetsDeps, owner: Asset['owner']): AssetReaders {
  return { prober: proberFor(owner), read: (task) => calculations.read(owner, task) }
}
