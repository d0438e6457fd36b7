import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type Model,
  type ModelStatic,
  type Sequelize,
} from 'sequelize'
import type { JobId, Owner } from '../../jobs/model.js'

export interface IdempotencyKeyRow extends Model<
  InferAttributes<IdempotencyKeyRow>,
  InferCreationAttributes<IdempotencyKeyRow>
> {
  owner: Owner
  key: string
  fingerprint: string
  /** The job that the key's first request made. */
  jobId: JobId
  createdAt: CreationOptional<Date>
}

export function defineIdempotencyKey(sequelize: Sequelize): ModelStatic<IdempotencyKeyRow> {
  return sequelize.define<IdempotencyKeyRow>(
    'IdempotencyKey',
    {
      owner: { type: DataTypes.TEXT, primaryKey: true },
      key: { type: DataTypes.TEXT, primaryKey: true },
      fingerprint: DataTypes.TEXT,
      jobId: DataTypes.UUID,
      createdAt: DataTypes.DATE(3),
    },
    { tableName: 'idempotency_keys', underscored: true, timestamps: false },
  )
}
