import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type Model,
  type ModelStatic,
  type Sequelize,
} from 'sequelize'
import type { EventType } from '../../jobs/events/event.js'
import type { Owner } from '../../jobs/model.js'
import type { DisabledReason, WebhookId } from '../../jobs/webhooks/webhook.js'

export interface WebhookRow extends Model<InferAttributes<WebhookRow>, InferCreationAttributes<WebhookRow>> {
  id: WebhookId
  owner: Owner
  url: string
  description: string
  eventTypes: EventType[]
  isEnabled: CreationOptional<boolean>
  disabledReason: CreationOptional<DisabledReason | null>
  secret: string
  previousSecret: CreationOptional<string | null>
  previousSecretUntil: CreationOptional<Date | null>
  failingSince: CreationOptional<Date | null>
  createdAt: CreationOptional<Date>
}

export function defineWebhook(sequelize: Sequelize): ModelStatic<WebhookRow> {
  return sequelize.define<WebhookRow>(
    'Webhook',
    {
      id: { type: DataTypes.UUID, primaryKey: true },
      owner: DataTypes.TEXT,
      url: DataTypes.TEXT,
      description: DataTypes.TEXT,
      eventTypes: DataTypes.ARRAY(DataTypes.TEXT),
      isEnabled: DataTypes.BOOLEAN,
      disabledReason: DataTypes.TEXT,
      secret: DataTypes.TEXT,
      previousSecret: DataTypes.TEXT,
      previousSecretUntil: DataTypes.DATE(3),
      failingSince: DataTypes.DATE(3),
      createdAt: DataTypes.DATE(3),
    },
    { tableName: 'webhooks', underscored: true, timestamps: false },
  )
}
