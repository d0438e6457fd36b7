import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type Model,
  type ModelStatic,
  type Sequelize,
} from 'sequelize'
import type { AssetId, AssetKind, Owner } from '../../jobs/model.js'
import type { MediaFacts } from '../../plan/model/facts.js'

export interface AssetRow extends Model<InferAttributes<AssetRow>, InferCreationAttributes<AssetRow>> {
  id: AssetId
  owner: Owner
  name: string
  kind: AssetKind
  filePath: string
  fileSize: number | string
  sha256: string
  mimeType: string
  facts: MediaFacts | null
  placedAt: Date | null
  createdAt: Date
  /** null: it is the current version of its name. */
  retiredAt: CreationOptional<Date | null>
}

export function defineAsset(sequelize: Sequelize): ModelStatic<AssetRow> {
  return sequelize.define<AssetRow>(
    'Asset',
    {
      id: { type: DataTypes.UUID, primaryKey: true },
      owner: DataTypes.TEXT,
      name: DataTypes.TEXT,
      kind: DataTypes.TEXT,
      filePath: DataTypes.TEXT,
      fileSize: DataTypes.BIGINT,
      sha256: DataTypes.TEXT,
      mimeType: DataTypes.TEXT,
      facts: DataTypes.JSONB,
      placedAt: DataTypes.DATE(3),
      createdAt: DataTypes.DATE(3),
      retiredAt: DataTypes.DATE(3),
    },
    { tableName: 'assets', underscored: true, timestamps: false },
  )
}
