import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type Model,
  type ModelStatic,
  type Sequelize,
} from 'sequelize'
import type { ErrorCode } from '../../errors.js'
import type { JobId, JsonObject, Owner, VideoId } from '../../jobs/model.js'
import type { UploadId, UploadKind, UploadStatus } from '../../jobs/uploads/upload.js'

export interface ResumableUploadRow extends Model<
  InferAttributes<ResumableUploadRow>,
  InferCreationAttributes<ResumableUploadRow>
> {
  id: UploadId
  owner: Owner
  kind: UploadKind
  originalFilename: string
  metadata: JsonObject
  priority: number
  sizeBytes: number | string | null
  receivedBytes: CreationOptional<number | string>
  fileNumber: CreationOptional<number>
  needsNewFile: CreationOptional<boolean>
  status: CreationOptional<UploadStatus>
  jobId: CreationOptional<JobId | null>
  videoId: CreationOptional<VideoId | null>
  errorCode: CreationOptional<ErrorCode | null>
  errorMessage: CreationOptional<string | null>
  partIds: UploadId[]
  joinedId: CreationOptional<UploadId | null>
  idempotencyKey: string | null
  fingerprint: string | null
  leaseToken: CreationOptional<string | null>
  leasedUntil: CreationOptional<Date | null>
  releaseAsked: CreationOptional<boolean>
  createdAt: Date
  expiresAt: Date
}

export function defineResumableUpload(sequelize: Sequelize): ModelStatic<ResumableUploadRow> {
  return sequelize.define<ResumableUploadRow>(
    'ResumableUpload',
    {
      id: { type: DataTypes.UUID, primaryKey: true },
      owner: DataTypes.TEXT,
      kind: DataTypes.TEXT,
      originalFilename: DataTypes.TEXT,
      metadata: DataTypes.JSONB,
      priority: DataTypes.INTEGER,
      sizeBytes: DataTypes.BIGINT,
      receivedBytes: DataTypes.BIGINT,
      fileNumber: DataTypes.INTEGER,
      needsNewFile: DataTypes.BOOLEAN,
      status: DataTypes.TEXT,
      jobId: DataTypes.UUID,
      videoId: DataTypes.UUID,
      errorCode: DataTypes.TEXT,
      errorMessage: DataTypes.TEXT,
      partIds: DataTypes.ARRAY(DataTypes.UUID),
      joinedId: DataTypes.UUID,
      idempotencyKey: DataTypes.TEXT,
      fingerprint: DataTypes.TEXT,
      leaseToken: DataTypes.UUID,
      leasedUntil: DataTypes.DATE(3),
      releaseAsked: DataTypes.BOOLEAN,
      createdAt: DataTypes.DATE(3),
      expiresAt: DataTypes.DATE(3),
    },
    { tableName: 'resumable_uploads', underscored: true, timestamps: false },
  )
}
