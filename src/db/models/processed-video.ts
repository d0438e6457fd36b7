import {
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type Model,
  type ModelStatic,
  type Sequelize,
} from 'sequelize'
import type { JobId, JobType, JsonObject, OutputId, VideoId } from '../../jobs/model.js'

export interface ProcessedVideoRow extends Model<
  InferAttributes<ProcessedVideoRow>,
  InferCreationAttributes<ProcessedVideoRow>
> {
  id: OutputId
  jobId: JobId
  originalVideoId: VideoId
  name: string
  filename: string
  filePath: string
  fileSize: number | string
  sha256: string
  processingType: JobType
  /** The job's config at the time the file was rendered. */
  processingConfig: JsonObject
  quality: string | null
  container: string
  videoCodec: string | null
  audioCodec: string | null
  width: number | null
  height: number | null
  frameRate: number | null
  /** Seconds. */
  duration: number
  bitRate: number | string | null
  fingerprint: string | null
  createdAt: Date
}

export function defineProcessedVideo(sequelize: Sequelize): ModelStatic<ProcessedVideoRow> {
  return sequelize.define<ProcessedVideoRow>(
    'ProcessedVideo',
    {
      id: { type: DataTypes.UUID, primaryKey: true },
      jobId: DataTypes.UUID,
      originalVideoId: DataTypes.UUID,
      name: DataTypes.TEXT,
      filename: DataTypes.TEXT,
      filePath: DataTypes.TEXT,
      fileSize: DataTypes.BIGINT,
      sha256: DataTypes.TEXT,
      processingType: DataTypes.TEXT,
      processingConfig: DataTypes.JSONB,
      quality: DataTypes.TEXT,
      container: DataTypes.TEXT,
      videoCodec: DataTypes.TEXT,
      audioCodec: DataTypes.TEXT,
      width: DataTypes.INTEGER,
      height: DataTypes.INTEGER,
      frameRate: DataTypes.DOUBLE,
      duration: DataTypes.DOUBLE,
      bitRate: DataTypes.BIGINT,
      fingerprint: DataTypes.TEXT,
      createdAt: DataTypes.DATE(3),
    },
    { tableName: 'processed_videos', underscored: true, timestamps: false },
  )
}
