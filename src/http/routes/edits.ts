import Joi from 'joi'
import type { Operation, OutputRequest, TrimOperation, WatermarkOperation } from '../../edit/operations.js'
import type { OverlayOperation } from '../../edit/operations.js'
import { DEFAULT_QUALITIES, type QualityName } from '../../edit/qualities.js'
import {
  operationsSchema,
  outputSchema,
  overlayFields,
  qualitiesSchema,
  trimFields,
  videoIdSchema,
  watermarkFields,
} from '../../edit/schemas.js'
import type { JsonObject, Owner } from '../../jobs/model.js'
import type { EditRequest } from '../../jobs/use-cases.js'
import { jsonBody } from '../body/json-body.js'
import { idempotencyHeaders, readIdempotency, type IdempotencyHeaders } from '../idempotency.js'
import { toVideoId } from '../ids.js'
import { toJsonObject } from '../json-value.js'
import type { Reply } from '../reply.js'
import { defineRoute, noInput, type AppContext, type BodySpec, type Route } from '../route.js'
import { accepted, acceptedAnswers } from './answers.js'

const MAX_METADATA_BYTES = 16 * 1024
const DEFAULT_PRIORITY = 3

interface OfVideo {
  readonly video_id: string
}
type Fields<O> = O extends unknown ? Omit<O, 'type'> & OfVideo : never
type TrimBody = Fields<TrimOperation>
type OverlayBody = Fields<OverlayOperation>
type WatermarkBody = Fields<WatermarkOperation>
type QualityBody = OfVideo & OutputRequest

interface EditBody extends OfVideo {
  readonly operations: readonly Operation[]
  readonly output?: OutputRequest | null
  readonly priority: number
  readonly metadata: JsonObject
}

const metadataSchema = Joi.object()
  .unknown(true)
  .custom((value: object, helpers) =>
    Buffer.byteLength(JSON.stringify(value)) > MAX_METADATA_BYTES ? helpers.error('metadata.size') : value,
  )
  .messages({ 'metadata.size': `must have ${MAX_METADATA_BYTES} bytes of JSON at most` })
  .default({})
  .description('Echoed by the job')

const editSchema = Joi.object<EditBody>({
  video_id: videoIdSchema,
  operations: operationsSchema.default([]).description('Applied in order'),
  output: outputSchema,
  priority: Joi.number().integer().min(1).max(5).default(DEFAULT_PRIORITY).description('1: first, 5: last'),
  metadata: metadataSchema,
})

const qualitySchema = Joi.object<QualityBody>({
  video_id: videoIdSchema,
  qualities: qualitiesSchema.default([...DEFAULT_QUALITIES]),
})

type EditParts = Pick<EditRequest, 'operations' | 'output'> & Partial<EditRequest>

interface EditRouteSpec<Body> {
  readonly type: EditRequest['type']
  readonly path: string
  readonly operationId: string
  readonly summary: string
  readonly body: BodySpec<Body>
  readonly toEdit: (body: Body) => EditParts
}

/** All routes that start an edit are the same but for what their body says. */
function editRoute<Body extends OfVideo>({ type, body, toEdit, ...facts }: EditRouteSpec<Body>): Route {
  return defineRoute({
    ...noInput,
    ...facts,
    method: 'post',
    tag: 'Edits',
    headers: idempotencyHeaders,
    body,
    answers: acceptedAnswers,
    errors: [
      'edit-unrenderable',
      'video-not-found',
      'asset-not-found',
      'video-not-ready',
      'idempotency-key-reused',
    ],
    handler: ({ owner, headers, body: fields }, app) =>
      submit({ owner, headers, type, fields, parts: toEdit(fields) }, app),
  })
}

interface Submission {
  readonly owner: Owner
  readonly headers: IdempotencyHeaders
  readonly type: EditRequest['type']
  readonly fields: OfVideo
  readonly parts: EditParts
}

async function submit(
  { owner, headers, type, fields, parts }: Submission,
  { useCases }: AppContext,
): Promise<Reply> {
  const { video_id: _, metadata: __, ...config } = toJsonObject(fields)
  const request: EditRequest = {
    type,
    videoId: toVideoId(fields.video_id),
    priority: DEFAULT_PRIORITY,
    metadata: {},
    config,
    ...parts,
  }
  const idempotency = readIdempotency(headers, type, { ...toJsonObject(fields), video_id: request.videoId })
  return accepted(await useCases.submitEdit(owner, request, idempotency))
}

export const editRoutes: readonly Route[] = [
  editRoute({
    type: 'trim',
    path: '/api/v1/trim',
    operationId: 'trimVideo',
    summary: 'Keep one stretch of a video',
    body: jsonBody(Joi.object<TrimBody>({ video_id: videoIdSchema, ...trimFields })),
    toEdit: ({ video_id: _, ...fields }) => ({ operations: [{ type: 'trim', ...fields }], output: null }),
  }),
  editRoute({
    type: 'overlay',
    path: '/api/v1/overlay',
    operationId: 'overlayVideo',
    summary: 'Lay text, an image or a video over a video',
    body: jsonBody(Joi.object<OverlayBody>({ video_id: videoIdSchema, ...overlayFields })),
    toEdit: ({ video_id: _, ...fields }) => ({ operations: [{ type: 'overlay', ...fields }], output: null }),
  }),
  editRoute({
    type: 'watermark',
    path: '/api/v1/watermark',
    operationId: 'watermarkVideo',
    summary: 'Put a watermark on a video',
    body: jsonBody(Joi.object<WatermarkBody>({ video_id: videoIdSchema, ...watermarkFields })),
    toEdit: ({ video_id: _, ...fields }) => ({
      operations: [{ type: 'watermark', ...fields }],
      output: null,
    }),
  }),
  editRoute({
    type: 'quality',
    path: '/api/v1/quality',
    operationId: 'makeQualities',
    summary: 'Make renditions of a video',
    body: jsonBody(qualitySchema),
    toEdit: ({ qualities }: { qualities: readonly QualityName[] }) => ({
      operations: [],
      output: { qualities },
    }),
  }),
  editRoute({
    type: 'edit',
    path: '/api/v1/edits',
    operationId: 'createEdit',
    summary: 'Edit a video: several operations, several outputs, one job',
    body: jsonBody(editSchema),
    toEdit: ({ operations, output, priority, metadata }) => ({
      operations,
      output: output ?? null,
      priority,
      metadata,
    }),
  }),
]
