import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type Model,
  type ModelStatic,
  type Sequelize,
} from 'sequelize'
import type { Owner, VideoId, VideoStatus } from '../../jobs/model.js'
import type { MediaFacts } from '../../plan/model/facts.js'

export interface VideoRow extends Model<InferAttributes<VideoRow>, InferCreationAttributes<VideoRow>> {
  id: VideoId
  owner: Owner
  filename: string
  originalFilename: string
  filePath: string
  /** A number when written, decimal text when read, because an int8 may exceed the range of exact numbers. */
  fileSize: number | string
  sha256: string
  mimeType: string
  /** Seconds. This and the next three columns repeat the facts, for reading the table with SQL. */
  duration: number | null
  width: number | null
  height: number | null
  format: string | null
  facts: MediaFacts
  posterPath: CreationOptional<string | null>
  status: CreationOptional<VideoStatus>
  uploadTime: Date
}

export function defineVideo(sequelize: Sequelize): ModelStatic<VideoRow> {
  return sequelize.define<VideoRow>(
    'Video',
    {
      id: { type: DataTypes.UUID, primaryKey: true },
      owner: DataTypes.TEXT,
      filename: DataTypes.TEXT,
      originalFilename: DataTypes.TEXT,
      filePath: DataTypes.TEXT,
      fileSize: DataTypes.BIGINT,
      sha256: DataTypes.TEXT,
      mimeType: DataTypes.TEXT,
      duration: DataTypes.DOUBLE,
      width: DataTypes.INTEGER,
      height: DataTypes.INTEGER,
      format: DataTypes.TEXT,
      facts: DataTypes.JSONB,
      posterPath: DataTypes.TEXT,
      status: DataTypes.TEXT,
      uploadTime: DataTypes.DATE(3),
    },
    { tableName: 'videos', underscored: true, timestamps: false },
  )
}
