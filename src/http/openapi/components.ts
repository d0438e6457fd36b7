import type Joi from 'joi'
import { operationSchema } from '../../edit/operation-schemas.js'
import { assetSchema } from '../present/asset.js'
import { eventName, EVENTS } from '../present/event.js'
import { jobResultSchema, jobSchema, renditionSchema } from '../present/job.js'
import { outputSchema } from '../present/output.js'
import { templateSchema } from '../present/template.js'
import { videoSchema } from '../present/video.js'
import { deliverySchema, webhookSchema } from '../present/webhook.js'
import { problemSchema } from '../reply/problem.js'
import { answerSchema, bodySchema, type JsonSchema } from './json-schema.js'

/** Schemas that the document defines once, as components, and refers to. */
const ANSWERS: Readonly<Record<string, Joi.Schema>> = {
  Video: videoSchema,
  Job: jobSchema,
  JobResult: jobResultSchema,
  Rendition: renditionSchema,
  Output: outputSchema,
  Asset: assetSchema,
  Template: templateSchema,
  Webhook: webhookSchema,
  Delivery: deliverySchema,
  ...Object.fromEntries(EVENTS.map(({ type, schema }) => [eventName(type), schema])),
  Problem: problemSchema,
}
const REQUESTS: Readonly<Record<string, Joi.Schema>> = { Operation: operationSchema }

const plain = new Map<string, JsonSchema>([
  ...Object.entries(ANSWERS).map(([name, schema]) => [name, answerSchema(schema)] as const),
  ...Object.entries(REQUESTS).map(([name, schema]) => [name, bodySchema(schema)] as const),
])

const nameByText = new Map([...plain].map(([name, schema]) => [JSON.stringify(schema), name]))

/** Replaces every part that equals a named schema by a reference to it. */
export function withReferences(schema: JsonSchema): JsonSchema {
  const named = nameByText.get(JSON.stringify(schema))
  return named === undefined ? withInnerReferences(schema) : reference(named)
}

export function componentSchemas(): Record<string, JsonSchema> {
  return Object.fromEntries([...plain].map(([name, schema]) => [name, withInnerReferences(schema)]))
}

export function reference(name: string): JsonSchema {
  return { $ref: `#/components/schemas/${name}` }
}

function withInnerReferences(schema: JsonSchema): JsonSchema {
  const refer = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(refer)
    return typeof part === 'object' && part !== null ? withReferences({ ...part }) : part
  }
  return Object.fromEntries(Object.entries(schema).map(([name, part]) => [name, refer(part)]))
}
