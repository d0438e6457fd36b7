import { Op } from 'sequelize'
import type { ApiKey } from '../../jobs/access/api-key.js'
import type { ApiKeysRepository } from '../../jobs/ports/repositories.js'
import type { Database } from '../database.js'
import type { ApiKeyRow } from '../models/api-key.js'

export function createApiKeysRepository({ apiKeys }: Database): ApiKeysRepository {
  return {
    async get(id) {
      const row = await apiKeys.findByPk(id)
      return row && toApiKey(row)
    },

    async list() {
      const rows = await apiKeys.findAll({
        order: [
          ['owner', 'ASC'],
          ['createdAt', 'ASC'],
          ['id', 'ASC'],
        ],
      })
      return rows.map(toApiKey)
    },

    async insert(key) {
      await apiKeys.create({ ...key, scopes: [...key.scopes] })
    },

    async revoke(id, now) {
      await apiKeys.update({ revokedAt: now }, { where: { id, revokedAt: null } })
      const row = await apiKeys.findByPk(id)
      return row && toApiKey(row)
    },

    async noteUse(id, now, before) {
      // The condition is repeated here, so that only one of many simultaneous requests writes.
      const isOld = { [Op.or]: [{ lastUsedAt: null }, { lastUsedAt: { [Op.lte]: before } }] }
      await apiKeys.update({ lastUsedAt: now }, { where: { id, ...isOld } })
    },
  }
}

function toApiKey(row: ApiKeyRow): ApiKey {
  return {
    id: row.id,
    owner: row.owner,
    scopes: row.scopes,
    secretHash: row.secretHash,
    createdAt: row.createdAt,
    expiresAt: row.expiresAt,
    revokedAt: row.revokedAt,
    lastUsedAt: row.lastUsedAt,
  }
}
