import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type Model,
  type ModelStatic,
  type Sequelize,
} from 'sequelize'
import type { Edit } from '../../edit/operation.js'
import type {
  AssetId,
  JobId,
  JobStage,
  JobStatus,
  JobType,
  JsonObject,
  Owner,
  VideoId,
} from '../../jobs/model.js'
import type { Plan, Warning } from '../../plan/model/plan.js'

/** Plans of older versions are not read. */
type StoredPlan = Plan | { readonly version: 1 }

export interface JobRow extends Model<InferAttributes<JobRow>, InferCreationAttributes<JobRow>> {
  id: JobId
  owner: Owner
  videoId: VideoId
  type: JobType
  status: CreationOptional<JobStatus>
  stage: CreationOptional<JobStage>
  progress: CreationOptional<number>
  /** Storage key of the largest output, once the job has completed. */
  resultFilePath: CreationOptional<string | null>
  config: JsonObject
  edit: Edit | null
  metadata: JsonObject
  warnings: CreationOptional<readonly Warning[]>
  plan: CreationOptional<StoredPlan | null>
  /** Id of the workflow that saved the plan; null: an older version saved it, or there is none. */
  plannedBy: CreationOptional<string | null>
  assetIds: AssetId[]
  otherVideoIds: VideoId[]
  errorCode: CreationOptional<string | null>
  errorMessage: CreationOptional<string | null>
  workflowId: string
  priority: number
  createdAt: Date
  updatedAt: CreationOptional<Date>
  /** When the orchestrator acknowledged the start. */
  workflowStartedAt: CreationOptional<Date | null>
  startedAt: CreationOptional<Date | null>
  renderStartedAt: CreationOptional<Date | null>
  finishedAt: CreationOptional<Date | null>
  expiredAt: CreationOptional<Date | null>
  /** When a sweep last took the job up to start, settle or expire it; null: not since its state last changed. */
  sweptAt: CreationOptional<Date | null>
}

export function defineJob(sequelize: Sequelize): ModelStatic<JobRow> {
  return sequelize.define<JobRow>(
    'Job',
    {
      id: { type: DataTypes.UUID, primaryKey: true },
      owner: DataTypes.TEXT,
      videoId: DataTypes.UUID,
      type: { type: DataTypes.TEXT, field: 'job_type' },
      status: DataTypes.TEXT,
      stage: DataTypes.TEXT,
      progress: DataTypes.INTEGER,
      resultFilePath: DataTypes.TEXT,
      config: DataTypes.JSONB,
      edit: DataTypes.JSONB,
      metadata: DataTypes.JSONB,
      warnings: DataTypes.JSONB,
      plan: DataTypes.JSON,
      plannedBy: DataTypes.TEXT,
      assetIds: DataTypes.ARRAY(DataTypes.UUID),
      otherVideoIds: DataTypes.ARRAY(DataTypes.UUID),
      errorCode: DataTypes.TEXT,
      errorMessage: DataTypes.TEXT,
      workflowId: DataTypes.TEXT,
      priority: DataTypes.INTEGER,
      createdAt: DataTypes.DATE(3),
      updatedAt: DataTypes.DATE(3),
      workflowStartedAt: DataTypes.DATE(3),
      startedAt: DataTypes.DATE(3),
      renderStartedAt: DataTypes.DATE(3),
      finishedAt: DataTypes.DATE(3),
      expiredAt: DataTypes.DATE(3),
      sweptAt: DataTypes.DATE(3),
    },
    { tableName: 'jobs', underscored: true, timestamps: true, createdAt: false, updatedAt: 'updatedAt' },
  )
}
