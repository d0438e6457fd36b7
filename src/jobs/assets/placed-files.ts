import { constants } from 'node:fs'
import { chmod, copyFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ASSET_NAME_PATTERN } from '../../edit/limits.js'
import { AppError } from '../../errors.js'
import { requireRoom } from '../disk-budget.js'
import { hashFile } from '../hash-file.js'
import { PLACED_ROOT, placedKey, requestFolder } from '../keys.js'
import { type Asset, LOCAL_OWNER, type Owner } from '../model.js'
import type { FileStats } from '../ports/storage.js'
import { withFetched } from '../stored-files.js'
import { type AssetsDeps, storeVersion } from './store-version.js'

/** The current version of an asset: one that was uploaded, or a copy of a file that the operator has placed. */
export async function findAsset(deps: AssetsDeps, owner: Owner, name: string): Promise<Asset | null> {
  const asset = await deps.repositories.assets.get(owner, name)
  if (owner !== LOCAL_OWNER || !ASSET_NAME_PATTERN.test(name)) return asset
  const placed = await deps.storage.stat(placedKey(name))
  if (!placed || (await isTaken(deps, asset, name, placed))) return asset
  return (await take(deps, asset, name, placed)) ?? deps.repositories.assets.get(owner, name)
}

/** Takes what the operator has placed since it was last looked at. */
export async function takePlacedFiles(deps: AssetsDeps): Promise<void> {
  const current = await deps.repositories.assets.list(LOCAL_OWNER)
  const assets = new Map(current.map((asset) => [asset.name, asset]))
  for (const { name, ...placed } of await deps.storage.listFiles(PLACED_ROOT)) {
    const asset = assets.get(name) ?? null
    if (!ASSET_NAME_PATTERN.test(name) || (await isTaken(deps, asset, name, placed))) continue
    await take(deps, asset, name, placed).catch((error: unknown) => {
      // What cannot be used is left to the operator, and the assets that there are can be listed without it.
      if (!(error instanceof AppError) || !LEFT_ALONE.has(error.code)) throw error
      deps.log.warn(
        { err: error, file: placedKey(name) },
        'a file that was placed among the assets is not used',
      )
    })
  }
}

/** Removes a placed file before the asset of that name is deleted, or it would be taken again. */
export async function removePlaced({ repositories, storage }: AssetsDeps, name: string): Promise<void> {
  const key = placedKey(name)
  if ((await repositories.assets.getByFile(key)) === null) await storage.remove(key)
}

const LEFT_ALONE: ReadonlySet<string> = new Set(['unsupported-media', 'source-damaged', 'disk-full'])

/** Whether an asset has the file as it is now, or is it: older versions had their assets there. */
async function isTaken(
  { repositories }: AssetsDeps,
  asset: Asset | null,
  name: string,
  { sizeBytes, modifiedAt }: FileStats,
): Promise<boolean> {
  if (asset?.placedAt?.getTime() === modifiedAt.getTime() && asset.fileSize === sizeBytes) return true
  return (await repositories.assets.getByFile(placedKey(name))) !== null
}

/**
 * Makes a copy of a placed file the current version of its name. The operator may replace or overwrite the file at any
 * time, and jobs need what they were accepted with.
 */
async function take(
  deps: AssetsDeps,
  replaced: Asset | null,
  name: string,
  { sizeBytes, modifiedAt: placedAt }: FileStats,
): Promise<Asset | null> {
  await requireRoom(deps, sizeBytes)
  return withFetched(deps, requestFolder(), placedKey(name), async (path) => {
    const localFile = join(dirname(path), '.copy')
    await copyFile(path, localFile, constants.COPYFILE_FICLONE)
    await chmod(localFile, 0o644)
    const [{ size: fileSize }, sha256] = await Promise.all([stat(localFile), hashFile(localFile)])
    const file = { localFile, fileSize, sha256, placedAt }
    return storeVersion(deps, { ...file, name, owner: LOCAL_OWNER, replaced: replaced?.id ?? null })
  })
}
