import Joi from 'joi'
import { EVENT_TYPES, type EventType } from '../../jobs/events/event.js'

interface WebhookFields {
  readonly url?: string
  readonly description?: string
  readonly events?: readonly EventType[]
}

const url = () =>
  Joi.string()
    .max(2000)
    .description('Where events are sent by POST: `https://…` or `http://…`, at a public address')
const description = () => Joi.string().allow('').max(500).description('For people')
const events = () =>
  Joi.array()
    .items(Joi.string().valid(...EVENT_TYPES))
    .unique()
    .max(EVENT_TYPES.length)
    .description('The types of events to send; empty: all, also those that are added later')

export const createBody = Joi.object<Required<WebhookFields>>({
  url: url().required(),
  description: description().default(''),
  events: events().default([]),
})

export const updateBody = Joi.object<WebhookFields & { readonly enabled?: boolean }>({
  url: url(),
  description: description(),
  events: events(),
  enabled: Joi.boolean().description(
    '`true` enables a webhook again that was disabled. `false` disables it: it gets nothing more, also not what is ' +
      'still to be delivered',
  ),
}).min(1)
