import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type Model,
  type ModelStatic,
  type Sequelize,
} from 'sequelize'
import type { DecodeTally } from '../../jobs/decode-tally.js'
import type { JobId, PassStatus } from '../../jobs/model.js'
import type { MeasuredLoudness } from '../../plan/loudness/find-setting.js'
import type { PassKind } from '../../plan/model/plan.js'

/** Row of `passes`. The record that repositories return is called PassRow. */
export interface PassEntry extends Model<InferAttributes<PassEntry>, InferCreationAttributes<PassEntry>> {
  jobId: JobId
  name: string
  /** Place in the plan, from 0. */
  position: number
  kind: PassKind
  outputNames: string[]
  status: CreationOptional<PassStatus>
  /** Share that is done, 0–1. */
  progress: CreationOptional<number>
  speed: CreationOptional<number | null>
  attempt: CreationOptional<number>
  /** Failures of the work itself, without outages and dead workers. */
  failures: CreationOptional<number>
  worker: CreationOptional<string | null>
  cost: number
  errorCode: CreationOptional<string | null>
  /** Result of a measurement. */
  measured: CreationOptional<MeasuredLoudness | null>
  /** How well its sources could be decoded. */
  decoding: CreationOptional<DecodeTally | null>
  startedAt: CreationOptional<Date | null>
  finishedAt: CreationOptional<Date | null>
}

export function definePass(sequelize: Sequelize): ModelStatic<PassEntry> {
  return sequelize.define<PassEntry>(
    'Pass',
    {
      jobId: { type: DataTypes.UUID, primaryKey: true },
      name: { type: DataTypes.TEXT, primaryKey: true },
      position: DataTypes.INTEGER,
      kind: DataTypes.TEXT,
      outputNames: DataTypes.ARRAY(DataTypes.TEXT),
      status: DataTypes.TEXT,
      progress: DataTypes.DOUBLE,
      speed: DataTypes.DOUBLE,
      attempt: DataTypes.INTEGER,
      failures: DataTypes.INTEGER,
      worker: DataTypes.TEXT,
      cost: DataTypes.DOUBLE,
      errorCode: DataTypes.TEXT,
      measured: DataTypes.JSONB,
      decoding: DataTypes.JSONB,
      startedAt: DataTypes.DATE(3),
      finishedAt: DataTypes.DATE(3),
    },
    { tableName: 'passes', underscored: true, timestamps: false },
  )
}
