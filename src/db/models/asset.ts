import {
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type Model,
  type ModelStatic,
  type Sequelize,
} from 'sequelize'
import type { AssetKind, Owner } from '../../jobs/model.js'
import type { MediaFacts } from '../../plan/model/facts.js'

export interface AssetRow extends Model<InferAttributes<AssetRow>, InferCreationAttributes<AssetRow>> {
  owner: Owner
  name: string
  kind: AssetKind
  filePath: string
  fileSize: number | string
  sha256: string
  mimeType: string
  facts: MediaFacts | null
  createdAt: Date
}

export function defineAsset(sequelize: Sequelize): ModelStatic<AssetRow> {
  return sequelize.define<AssetRow>(
    'Asset',
    {
      owner: { type: DataTypes.TEXT, primaryKey: true },
      name: { type: DataTypes.TEXT, primaryKey: true },
      kind: DataTypes.TEXT,
      filePath: DataTypes.TEXT,
      fileSize: DataTypes.BIGINT,
      sha256: DataTypes.TEXT,
      mimeType: DataTypes.TEXT,
      facts: DataTypes.JSONB,
      createdAt: DataTypes.DATE(3),
    },
    { tableName: 'assets', underscored: true, timestamps: false },
  )
}
