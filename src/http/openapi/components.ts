import type Joi from 'joi'
import { audioChoiceSchema } from '../../edit/fields/audio-choice.js'
import { shownImageSchema } from '../../edit/fields/shown-image.js'
import { operationSchema } from '../../edit/operation-schemas.js'
import { outputSchema as outputRequestSchema } from '../../edit/output/output-schema.js'
import { jobEventSchema, STREAM_EVENTS } from '../events/stream-events.js'
import { assetSchema } from '../present/asset.js'
import { failureCodeSchema } from '../present/error-code.js'
import { eventName, EVENTS } from '../present/event.js'
import { jobResultSchema, jobSchema, renditionSchema } from '../present/job.js'
import { outputSchema } from '../present/output.js'
import { templateSchema } from '../present/template.js'
import { videoSchema } from '../present/video.js'
import { deliverySchema, webhookSchema } from '../present/webhook.js'
import { problemSchema } from '../reply/problem.js'
import {
  answerSchema,
  bodySchema,
  type JsonSchema,
  propertiesOf,
  withDefaultsInWords,
} from './json-schema.js'
import { OPERATION_COMPONENTS } from './operations.js'
import { reference, unionOf } from './union.js'

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
  FailureCode: failureCodeSchema,
  ...Object.fromEntries(EVENTS.map(({ type, schema }) => [eventName(type), schema])),
  ...Object.fromEntries(STREAM_EVENTS.map(({ type, schema }) => [streamName(type), schema])),
  Problem: problemSchema,
}
const REQUESTS: Readonly<Record<string, Joi.Schema>> = {
  OutputRequest: outputRequestSchema,
  AudioChoice: audioChoiceSchema,
  ShownImage: shownImageSchema,
}

const plain: readonly (readonly [string, JsonSchema])[] = [
  ...Object.entries(ANSWERS).map(([name, schema]) => [name, answerSchema(schema)] as const),
  ...Object.entries(REQUESTS).map(([name, schema]) => [name, bodySchema(schema)] as const),
]

/** Components that are shown as something else than joi makes of their schema. */
const SHOWN: Readonly<Record<string, { readonly made: JsonSchema; readonly shown: JsonSchema }>> = {
  Operation: { made: bodySchema(operationSchema), shown: { ...OPERATION_COMPONENTS.Operation } },
  JobStreamEvent: {
    made: answerSchema(jobEventSchema),
    shown: unionOf(
      'event',
      Object.fromEntries(STREAM_EVENTS.map(({ type }) => [type, streamName(type)])),
      'One event of a job, distinguished by `event`',
    ),
  },
}

const nameByText = new Map([
  ...plain.map(([name, schema]) => [JSON.stringify(schema), name] as const),
  ...Object.entries(SHOWN).map(([name, { made }]) => [JSON.stringify(made), name] as const),
])

/** Replaces every part that equals a named schema by a reference to it. */
export function withReferences(schema: JsonSchema): JsonSchema {
  const named = nameByText.get(JSON.stringify(schema))
  return named === undefined ? withInnerReferences(schema) : reference(named)
}

export function componentSchemas(): Record<string, JsonSchema> {
  const inner = [...plain, ...Object.entries(OPERATION_COMPONENTS)].map(
    ([name, schema]) => [name, asSent(name, withDefaultsInWords(withInnerReferences(schema)))] as const,
  )
  return {
    ...Object.fromEntries(inner),
    ...Object.fromEntries(Object.entries(SHOWN).map(([name, { shown }]) => [name, shown])),
  }
}

function withInnerReferences(schema: JsonSchema): JsonSchema {
  const refer = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(refer)
    return typeof part === 'object' && part !== null ? withReferences({ ...part }) : part
  }
  return Object.fromEntries(Object.entries(schema).map(([name, part]) => [name, refer(part)]))
}

/** In a stream the data of an event is text: its JSON in one line. */
function asSent(name: string, schema: JsonSchema): JsonSchema {
  const { data, ...fields } = propertiesOf(schema)
  if (data === undefined || !STREAM_EVENTS.some(({ type }) => streamName(type) === name)) return schema
  const text = { type: 'string', contentMediaType: 'application/json', contentSchema: data }
  return { ...schema, properties: { ...fields, data: { ...text, description: 'JSON in one line' } } }
}

/** `completed` → `JobStreamCompleted`. */
function streamName(type: string): string {
  return `JobStream${type.charAt(0).toUpperCase()}${type.slice(1)}`
}
