import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type Model,
  type ModelStatic,
  type Sequelize,
} from 'sequelize'
import type { EventId, Happening } from '../../jobs/events/event.js'
import type { Owner } from '../../jobs/model.js'

export interface EventRow extends Model<InferAttributes<EventRow>, InferCreationAttributes<EventRow>> {
  id: EventId
  owner: Owner
  type: Happening['type']
  data: Happening['data']
  createdAt: CreationOptional<Date>
  dispatchedAt: CreationOptional<Date | null>
  /** A bigint, as a text; it is given at the commit. A ping has none. */
  place: CreationOptional<string | null>
}

export function defineEvent(sequelize: Sequelize): ModelStatic<EventRow> {
  return sequelize.define<EventRow>(
    'Event',
    {
      id: { type: DataTypes.UUID, primaryKey: true },
      owner: DataTypes.TEXT,
      type: DataTypes.TEXT,
      data: DataTypes.JSONB,
      createdAt: DataTypes.DATE(3),
      dispatchedAt: DataTypes.DATE(3),
      place: DataTypes.BIGINT,
    },
    { tableName: 'events', underscored: true, timestamps: false },
  )
}
