import { Op, UniqueConstraintError } from 'sequelize'
import type { AssetsRepository } from '../../jobs/ports/repositories.js'
import type { Database } from '../database.js'
import { toAsset } from '../records.js'
import { removeFilesIn } from './remove-files.js'

export function createAssetsRepository({ sequelize, assets, jobs }: Database): AssetsRepository {
  return {
    async get(owner, name) {
      const row = await assets.findOne({ where: { owner, name } })
      return row && toAsset(row)
    },

    async list(owner) {
      const rows = await assets.findAll({ where: { owner }, order: [['name', 'ASC']] })
      return rows.map(toAsset)
    },

    async insert(asset) {
      try {
        await assets.create(asset)
        return true
      } catch (error) {
        if (error instanceof UniqueConstraintError) return false
        throw error
      }
    },

    async delete(owner, name, removeFile) {
      return sequelize.transaction(async (transaction) => {
        // The lock waits for jobs that are being created with the asset, which share-lock it, and delays later ones.
        const row = await assets.findOne({ where: { owner, name }, lock: true, transaction })
        if (!row) return 'not-found'
        const user = await jobs.findOne({
          where: {
            owner,
            status: { [Op.in]: ['pending', 'processing'] },
            assetNames: { [Op.contains]: [name] },
          },
          attributes: ['id'],
          transaction,
        })
        if (user) return 'in-use'
        const asset = toAsset(row)
        await row.destroy({ transaction })
        await removeFilesIn(sequelize, transaction, () => removeFile(asset))
        return asset
      })
    },
  }
}
