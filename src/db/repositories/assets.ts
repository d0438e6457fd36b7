import { Op, QueryTypes, UniqueConstraintError } from 'sequelize'
import { validate as isUuid } from 'uuid'
import type { Asset, AssetId } from '../../jobs/model.js'
import type { AssetsRepository } from '../../jobs/ports/repositories.js'
import type { Database } from '../database.js'
import { toAsset } from '../records.js'
import { removeFilesIn } from './remove-files.js'

/** Completed jobs cannot be retried. */
const NEEDED = `EXISTS (SELECT 1 FROM jobs WHERE jobs.status <> 'completed' AND jobs.asset_ids @> ARRAY[assets.id])`

export function createAssetsRepository(database: Database): AssetsRepository {
  const { sequelize, assets } = database
  return {
    async get(owner, name) {
      const row = await assets.findOne({ where: { owner, name, retiredAt: null } })
      return row && toAsset(row)
    },

    async list(owner) {
      const rows = await assets.findAll({ where: { owner, retiredAt: null }, order: [['name', 'ASC']] })
      return rows.map(toAsset)
    },

    async listByIds(ids) {
      const known = ids.filter((id) => isUuid(id))
      return known.length === 0 ? [] : (await assets.findAll({ where: { id: known } })).map(toAsset)
    },

    async getByFile(filePath) {
      const row = await assets.findOne({ where: { filePath } })
      return row && toAsset(row)
    },

    insert: (asset, replaced = null) => insertAsset(database, asset, replaced),

    async retire(owner, name) {
      const [, [row]] = await assets.update(
        { retiredAt: sequelize.fn('now') },
        { where: { owner, name, retiredAt: null }, returning: true },
      )
      return row ? toAsset(row) : null
    },

    async listUnneeded(limit) {
      const rows = await sequelize.query<{ id: AssetId }>(
        `SELECT id FROM assets WHERE retired_at IS NOT NULL AND NOT ${NEEDED} ORDER BY random() LIMIT $limit`,
        { bind: { limit }, type: QueryTypes.SELECT },
      )
      return rows.map(({ id }) => id)
    },

    remove: (id, removeFile) => removeAsset(database, id, removeFile),
  }
}

async function insertAsset(
  { sequelize, assets }: Database,
  asset: Asset,
  replaced: AssetId | null,
): Promise<boolean> {
  try {
    if (replaced === null) {
      await assets.create(asset)
      return true
    }
    return await sequelize.transaction(async (transaction) => {
      const where = { id: replaced, retiredAt: null }
      const [count] = await assets.update({ retiredAt: sequelize.fn('now') }, { where, transaction })
      if (count > 0) await assets.create(asset, { transaction })
      return count > 0
    })
  } catch (error) {
    if (error instanceof UniqueConstraintError) return false
    throw error
  }
}

async function removeAsset(
  { sequelize, assets }: Database,
  id: AssetId,
  removeFile: (asset: Asset) => Promise<void>,
): Promise<boolean> {
  return sequelize.transaction(async (transaction) => {
    // The lock waits for jobs that are being created with the version, which share-lock it, and delays later ones.
    const where = { id, retiredAt: { [Op.ne]: null } }
    const row = await assets.findOne({ where, lock: true, transaction })
    if (!row) return false
    const [found] = await sequelize.query<{ needed: boolean }>(
      `SELECT ${NEEDED} AS needed FROM assets WHERE id = $id`,
      { bind: { id }, type: QueryTypes.SELECT, transaction },
    )
    if (found?.needed !== false) return false
    const asset = toAsset(row)
    await row.destroy({ transaction })
    await removeFilesIn(sequelize, transaction, () => removeFile(asset))
    return true
  })
}
