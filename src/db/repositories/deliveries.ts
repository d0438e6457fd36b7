import { Op, QueryTypes, type Transaction } from 'sequelize'
import { v7 as uuidv7, validate as isUuid } from 'uuid'
import type { EventId } from '../../jobs/events/event.js'
import type { DeliveriesRepository, WebhookOf } from '../../jobs/ports/webhooks.js'
import type { Delivery, DeliveryId, WebhookId } from '../../jobs/webhooks/webhook.js'
import type { Database } from '../database.js'
import type { WebhookDeliveryRow } from '../models/webhook-delivery.js'
import { newEventId, toEvent } from './outbox.js'
import { disable } from './webhooks.js'

export function createDeliveriesRepository(database: Database): DeliveriesRepository {
  const { sequelize, events, webhookDeliveries } = database
  const find = async (options: Parameters<typeof webhookDeliveries.findAll>[0]) => {
    const rows = await webhookDeliveries.findAll({ include: { model: events, as: 'event' }, ...options })
    return rows.map(toDelivery)
  }
  return {
    fanOut: (limit) => fanOut(database, limit),

    ping: (webhook) => addPing(database, webhook),

    repeat: ({ id }, eventId) => addDelivery(database, id, eventId, null),

    async get(owner, id) {
      if (!isUuid(id)) return null
      const [delivery] = await find({ where: { id } })
      return delivery?.event.owner === owner ? delivery : null
    },

    list: ({ id }, limit) => find({ where: { webhookId: id }, order: [['id', 'DESC']], limit }),

    listDue: (id, now, limit) =>
      find({
        where: { webhookId: id, status: 'pending', nextAttemptAt: { [Op.lte]: now } },
        order: ['nextAttemptAt', 'id'],
        limit,
      }),

    async nextDue(id) {
      const row = await webhookDeliveries.findOne({
        where: { webhookId: id, status: 'pending' },
        attributes: ['nextAttemptAt'],
        order: ['nextAttemptAt'],
      })
      return row?.nextAttemptAt ?? null
    },

    record: (delivery, result, now, failingBefore) =>
      recordAttempt(database, delivery, { ...result, lastAttemptAt: now }, failingBefore),

    async listOverdue(before) {
      return sequelize.query<WebhookOf>(
        `SELECT id, owner FROM webhooks WHERE is_enabled AND EXISTS (
           SELECT FROM webhook_deliveries
           WHERE webhook_id = webhooks.id AND status = 'pending' AND next_attempt_at < $before
         )`,
        { bind: { before }, type: QueryTypes.SELECT },
      )
    },
  }
}

async function fanOut(database: Database, limit: number): ReturnType<DeliveriesRepository['fanOut']> {
  const { sequelize, events } = database
  // Most looks find nothing, which is one cheap statement.
  if (!(await events.findOne({ where: { dispatchedAt: null }, attributes: ['id'] }))) {
    return { events: 0, webhooks: [] }
  }
  return sequelize.transaction(async (transaction) => {
    const fresh = await events.findAll({
      where: { dispatchedAt: null },
      attributes: ['id'],
      order: ['id'],
      limit,
      lock: transaction.LOCK.UPDATE,
      skipLocked: true,
      transaction,
    })
    const ids = fresh.map(({ id }) => id)
    const wanted = await sequelize.query<WebhookOf & { readonly eventId: EventId }>(
      `SELECT webhooks.id, webhooks.owner, events.id AS "eventId"
       FROM events JOIN webhooks ON webhooks.owner = events.owner AND is_enabled
         AND (event_types = '{}' OR events.type = ANY (event_types))
       WHERE events.id = ANY ($ids::uuid[]) ORDER BY events.id`,
      { bind: { ids }, type: QueryTypes.SELECT, transaction },
    )
    await database.webhookDeliveries.bulkCreate(
      wanted.map(({ id, eventId }) => ({ id: newDeliveryId(), webhookId: id, eventId })),
      { transaction },
    )
    await events.update({ dispatchedAt: new Date() }, { where: { id: ids }, transaction })
    const webhooks = new Map(wanted.map(({ id, owner }) => [id, { id, owner }]))
    return { events: ids.length, webhooks: [...webhooks.values()] }
  })
}

async function addPing(database: Database, { id, owner }: WebhookOf): Promise<DeliveryId> {
  return database.sequelize.transaction(async (transaction) => {
    const event = {
      ...{ id: newEventId(), owner, type: 'ping' as const },
      ...{ data: { webhook_id: id }, dispatchedAt: new Date() },
    }
    await database.events.create(event, { transaction })
    return addDelivery(database, id, event.id, transaction)
  })
}

async function addDelivery(
  { webhookDeliveries }: Database,
  webhookId: WebhookId,
  eventId: EventId,
  transaction: Transaction | null,
): Promise<DeliveryId> {
  const { id } = await webhookDeliveries.create({ id: newDeliveryId(), webhookId, eventId }, { transaction })
  return id
}

function newDeliveryId(): DeliveryId {
  return uuidv7() as DeliveryId
}

async function recordAttempt(
  database: Database,
  { id, webhookId, attempts }: Pick<Delivery, 'id' | 'webhookId' | 'attempts'>,
  result: Pick<Delivery, 'status' | 'nextAttemptAt' | 'responseStatus' | 'failure'> & {
    readonly lastAttemptAt: Date
  },
  failingBefore: Date,
): Promise<void> {
  const { sequelize, webhooks, webhookDeliveries } = database
  await sequelize.transaction(async (transaction) => {
    // Locks the endpoint before its deliveries, as everywhere, so that no two transactions deadlock.
    const webhook = await webhooks.findByPk(webhookId, { lock: true, transaction })
    if (!webhook) return
    const [changed] = await webhookDeliveries.update(
      { ...result, attempts: attempts + 1 },
      { where: { id, attempts, status: 'pending' }, transaction },
    )
    if (changed === 0) return
    if (result.failure === null) {
      if (webhook.failingSince) await webhook.update({ failingSince: null }, { transaction })
      return
    }
    const failingSince = webhook.failingSince ?? result.lastAttemptAt
    await webhook.update({ failingSince }, { transaction })
    const isGone = result.failure === 'gone'
    if (webhook.isEnabled && (isGone || failingSince < failingBefore)) {
      await disable(database, webhook, isGone ? 'gone' : 'failing', transaction)
    }
  })
}

function toDelivery(row: WebhookDeliveryRow): Delivery {
  const { event } = row
  if (!event) throw new Error('a delivery was read without its event')
  return {
    id: row.id,
    webhookId: row.webhookId,
    event: toEvent(event),
    status: row.status,
    attempts: row.attempts,
    nextAttemptAt: row.nextAttemptAt,
    lastAttemptAt: row.lastAttemptAt,
    responseStatus: row.responseStatus,
    failure: row.failure,
    createdAt: row.createdAt,
  }
}
