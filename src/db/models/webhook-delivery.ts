import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type Model,
  type ModelStatic,
  type NonAttribute,
  type Sequelize,
} from 'sequelize'
import type { EventId } from '../../jobs/events/event.js'
import type { DeliveryFailure, DeliveryId, DeliveryStatus, WebhookId } from '../../jobs/webhooks/webhook.js'
import type { EventRow } from './event.js'

export interface WebhookDeliveryRow extends Model<
  InferAttributes<WebhookDeliveryRow>,
  InferCreationAttributes<WebhookDeliveryRow>
> {
  id: DeliveryId
  webhookId: WebhookId
  eventId: EventId
  /** There when it is included. */
  event?: NonAttribute<EventRow>
  status: CreationOptional<DeliveryStatus>
  attempts: CreationOptional<number>
  nextAttemptAt: CreationOptional<Date | null>
  lastAttemptAt: CreationOptional<Date | null>
  responseStatus: CreationOptional<number | null>
  failure: CreationOptional<DeliveryFailure | null>
  createdAt: CreationOptional<Date>
}

export function defineWebhookDelivery(
  sequelize: Sequelize,
  events: ModelStatic<EventRow>,
): ModelStatic<WebhookDeliveryRow> {
  const deliveries = sequelize.define<WebhookDeliveryRow>(
    'WebhookDelivery',
    {
      id: { type: DataTypes.UUID, primaryKey: true },
      webhookId: DataTypes.UUID,
      eventId: DataTypes.UUID,
      status: DataTypes.TEXT,
      attempts: DataTypes.INTEGER,
      nextAttemptAt: DataTypes.DATE(3),
      lastAttemptAt: DataTypes.DATE(3),
      responseStatus: DataTypes.INTEGER,
      failure: DataTypes.TEXT,
      createdAt: DataTypes.DATE(3),
    },
    { tableName: 'webhook_deliveries', underscored: true, timestamps: false },
  )
  deliveries.belongsTo(events, { as: 'event', foreignKey: 'eventId' })
  return deliveries
}
