import { type Transaction } from 'sequelize'
import { validate as isUuid } from 'uuid'
import type { Owner } from '../../jobs/model.js'
import type { WebhookChange, WebhooksRepository } from '../../jobs/ports/webhooks.js'
import type { DisabledReason, Webhook, WebhookId } from '../../jobs/webhooks/webhook.js'
import type { Database } from '../database.js'
import type { WebhookRow } from '../models/webhook.js'
import { lockOwner } from './lock-owner.js'

export function createWebhooksRepository(database: Database): WebhooksRepository {
  const { sequelize, webhooks } = database
  return {
    async insert({ eventTypes, ...webhook }, max) {
      return sequelize.transaction(async (transaction) => {
        // Two requests at once would each find room for one.
        await lockOwner(database, 'webhooks', webhook.owner, transaction)
        const count = await webhooks.count({ where: { owner: webhook.owner }, transaction })
        if (count >= max) return false
        await webhooks.create({ ...webhook, eventTypes: [...eventTypes] }, { transaction })
        return true
      })
    },

    async list(owner) {
      const rows = await webhooks.findAll({ where: { owner }, order: ['id'] })
      return rows.map(toWebhook)
    },

    async get(owner, id) {
      if (!isUuid(id)) return null
      const row = await webhooks.findOne({ where: { owner, id } })
      return row && toWebhook(row)
    },

    async getById(id) {
      const row = await webhooks.findByPk(id)
      return row && toWebhook(row)
    },

    update: (owner, id, change) => updateWebhook(database, owner, id, change),

    async rotate(owner, id, secret, previousUntil) {
      return sequelize.transaction(async (transaction) => {
        const row = await webhooks.findOne({ where: { owner, id }, lock: true, transaction })
        if (!row) return false
        const previous = { previousSecret: row.secret, previousSecretUntil: previousUntil }
        await row.update({ secret, ...previous }, { transaction })
        return true
      })
    },

    async delete(owner, id) {
      return (await webhooks.destroy({ where: { owner, id } })) > 0
    },
  }
}

async function updateWebhook(
  database: Database,
  owner: Owner,
  id: WebhookId,
  { isEnabled, eventTypes, ...change }: WebhookChange,
): Promise<boolean> {
  return database.sequelize.transaction(async (transaction) => {
    const row = await database.webhooks.findOne({ where: { owner, id }, lock: true, transaction })
    if (!row) return false
    await row.update({ ...change, ...(eventTypes && { eventTypes: [...eventTypes] }) }, { transaction })
    if (isEnabled === true && !row.isEnabled) {
      const enabled = { isEnabled: true, disabledReason: null, failingSince: null }
      await row.update(enabled, { transaction })
    }
    if (isEnabled === false && row.isEnabled) await disable(database, row, 'owner', transaction)
    return true
  })
}

/** What is still to be delivered ends, too. The row must be locked. */
export async function disable(
  { webhookDeliveries }: Database,
  row: WebhookRow,
  reason: DisabledReason,
  transaction: Transaction,
): Promise<void> {
  await row.update({ isEnabled: false, disabledReason: reason }, { transaction })
  await webhookDeliveries.update(
    { status: 'failed', nextAttemptAt: null, failure: 'disabled' },
    { where: { webhookId: row.id, status: 'pending' }, transaction },
  )
}

function toWebhook(row: WebhookRow): Webhook {
  return {
    id: row.id,
    owner: row.owner,
    url: row.url,
    description: row.description,
    eventTypes: row.eventTypes,
    disabledReason: row.disabledReason,
    secret: row.secret,
    previousSecret: row.previousSecret,
    previousSecretUntil: row.previousSecretUntil,
    failingSince: row.failingSince,
    createdAt: row.createdAt,
  }
}
