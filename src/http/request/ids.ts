import Joi from 'joi'
import type { WebhookId } from '../../jobs/events/event.js'
import type { JobId, VideoId } from '../../jobs/model.js'
import type { TemplateId } from '../../jobs/templates/template.js'
import type { DeliveryId } from '../../jobs/webhooks/webhook.js'

/** An id in a path or a query. */
export const uuid = () => Joi.string().guid({ separator: '-', wrapper: false })

export const idParams = Joi.object<{ id: string }>({
  id: uuid().required().description('Id of what the path names'),
})

/** The name of an output in a path or a query. */
export const outputName = () =>
  Joi.string()
    .pattern(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/)
    .messages({ 'string.pattern.base': 'must be the name of an output' })

export function toVideoId(text: string): VideoId {
  return canonical(text) as VideoId
}

export function toJobId(text: string): JobId {
  return canonical(text) as JobId
}

export function toTemplateId(text: string): TemplateId {
  return canonical(text) as TemplateId
}

export function toWebhookId(text: string): WebhookId {
  return canonical(text) as WebhookId
}

export function toDeliveryId(text: string): DeliveryId {
  return canonical(text) as DeliveryId
}

/** Ids are stored in lower case with hyphens; clients may write them in any case. */
function canonical(text: string): string {
  const digits = text.toLowerCase().replaceAll(/[^0-9a-f]/g, '')
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
