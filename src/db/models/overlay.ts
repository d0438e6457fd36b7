import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type Model,
  type ModelStatic,
  type Sequelize,
} from 'sequelize'
import type { OverlayOperation } from '../../edit/operations/overlay.js'
import type { OutputId } from '../../jobs/model.js'

/** An overlay that was rendered into a processed video. */
export interface OverlayRow extends Model<InferAttributes<OverlayRow>, InferCreationAttributes<OverlayRow>> {
  id: string
  processedVideoId: OutputId
  overlayType: OverlayOperation['overlay_type']
  /** The text, or the asset's name. */
  content: string
  /** Pixels from the overlay's anchor; null: a share of the picture, which `config` has. */
  positionX: number | null
  positionY: number | null
  /** Seconds. */
  startTime: number
  /** Seconds; null: until the end. */
  endTime: number | null
  fontSize: number | null
  fontColor: string | null
  language: string | null
  /** The operation as requested; empty in rows of older versions. */
  config: OverlayOperation | Record<string, never>
  createdAt: CreationOptional<Date>
}

export function defineOverlay(sequelize: Sequelize): ModelStatic<OverlayRow> {
  return sequelize.define<OverlayRow>(
    'Overlay',
    {
      id: { type: DataTypes.UUID, primaryKey: true },
      processedVideoId: DataTypes.UUID,
      overlayType: DataTypes.TEXT,
      content: DataTypes.TEXT,
      positionX: DataTypes.INTEGER,
      positionY: DataTypes.INTEGER,
      startTime: DataTypes.DOUBLE,
      endTime: DataTypes.DOUBLE,
      fontSize: DataTypes.INTEGER,
      fontColor: DataTypes.TEXT,
      language: DataTypes.TEXT,
      config: DataTypes.JSONB,
      createdAt: DataTypes.DATE(3),
    },
    { tableName: 'overlays', underscored: true, timestamps: false },
  )
}
