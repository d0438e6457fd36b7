import {
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type Model,
  type ModelStatic,
  type Sequelize,
} from 'sequelize'
import type { Scope } from '../../jobs/access/api-key.js'
import type { Owner } from '../../jobs/model.js'

export interface ApiKeyRow extends Model<InferAttributes<ApiKeyRow>, InferCreationAttributes<ApiKeyRow>> {
  id: string
  owner: Owner
  scopes: Scope[]
  secretHash: string
  createdAt: Date
  expiresAt: Date | null
  revokedAt: Date | null
  lastUsedAt: Date | null
}

export function defineApiKey(sequelize: Sequelize): ModelStatic<ApiKeyRow> {
  return sequelize.define<ApiKeyRow>(
    'ApiKey',
    {
      id: { type: DataTypes.TEXT, primaryKey: true },
      owner: DataTypes.TEXT,
      scopes: DataTypes.ARRAY(DataTypes.TEXT),
      secretHash: DataTypes.TEXT,
      createdAt: DataTypes.DATE(3),
      expiresAt: DataTypes.DATE(3),
      revokedAt: DataTypes.DATE(3),
      lastUsedAt: DataTypes.DATE(3),
    },
    { tableName: 'api_keys', underscored: true, timestamps: false },
  )
}
