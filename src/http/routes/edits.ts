import Joi from 'joi'
import { type AudioChoice, audioChoiceSchema } from '../../edit/fields/audio-choice.js'
import { type ShownImage, shownImageSchema } from '../../edit/fields/shown-image.js'
import type { Operation } from '../../edit/operation.js'
import { operationsSchema, videoIdSchema } from '../../edit/operation-schemas.js'
import { overlayFields, type OverlayOperation } from '../../edit/operations/overlay.js'
import { type StretchTrim, trimFields } from '../../edit/operations/trim.js'
import { watermarkFields, type WatermarkOperation } from '../../edit/operations/watermark.js'
import type { OutputRequest } from '../../edit/output/output.js'
import { outputSchema, qualitiesSchema } from '../../edit/output/output-schema.js'
import { DEFAULT_QUALITIES } from '../../edit/output/qualities.js'
import type { JsonObject } from '../../jobs/model.js'
import type { EditRequest } from '../../jobs/use-cases.js'
import { jsonBody } from '../body/json-body.js'
import { EXAMPLE_IDS, NEW_JOB_EXAMPLE, PLAN_EXAMPLE, REQUEST_EXAMPLES } from '../present/examples.js'
import { planSchema, presentPlan } from '../present/plan.js'
import { json } from '../reply/reply.js'
import { idempotencyHeaders, readIdempotency } from '../request/idempotency.js'
import { toVideoId } from '../request/ids.js'
import { givenJobFields, type JobFields, jobFields } from '../request/job-fields.js'
import { toJsonObject } from '../request/json-value.js'
import { type BodySpec, defineRoute, noInput, type Route } from '../route.js'
import { accepted, acceptedAnswers, jsonAnswer } from './answers.js'

interface WithVideoId {
  readonly video_id: string
}
type JobBody = WithVideoId & JobFields
type Fields<O> = O extends unknown ? Omit<O, 'type'> & JobBody : never
type TrimBody = Fields<StretchTrim>
type OverlayBody = Fields<OverlayOperation>
type WatermarkBody = Fields<WatermarkOperation>
type QualityBody = JobBody & Required<Pick<OutputRequest, 'qualities'>>

export interface EditBody extends JobBody {
  readonly operations: readonly Operation[]
  readonly output?: OutputRequest | null
  readonly audio?: AudioChoice | null
  readonly image?: ShownImage | null
  readonly dry_run: boolean
}

export const editSchema = Joi.object<EditBody>({
  video_id: videoIdSchema,
  operations: operationsSchema.default([]).description('Applied in this order'),
  output: outputSchema,
  audio: audioChoiceSchema,
  image: shownImageSchema,
  ...jobFields,
  dry_run: Joi.boolean().default(false).description('true: answer 200 with the plan and create no job'),
})

const qualitySchema = Joi.object<QualityBody>({
  video_id: videoIdSchema,
  qualities: qualitiesSchema.default([...DEFAULT_QUALITIES]),
  ...jobFields,
})

/** The content of a body, in the terms of the edit model. */
interface RequestedEdit extends JobBody {
  readonly operations: readonly Operation[]
  readonly output: OutputRequest | null
  readonly audio?: AudioChoice | null
  readonly image?: ShownImage | null
}

interface EditRouteSpec<Body> {
  readonly type: EditRequest['type']
  readonly path: string
  readonly operationId: string
  readonly summary: string
  readonly description: string
  readonly body: BodySpec<Body>
  readonly example: object
  readonly toEdit: (body: Body) => RequestedEdit
  /** Whether the client asks for the plan instead of a job. */
  readonly isDryRun?: (body: Body) => boolean
}

export const SUBMIT_ERRORS = [
  'storage-unavailable',
  'orchestrator-unavailable',
  'storage-quota-exceeded',
  'edit-unrenderable',
  'ffmpeg-lacks-part',
  'video-not-found',
  'asset-not-found',
  'video-not-ready',
  'idempotency-key-reused',
  'disk-full',
  'queue-full',
] as const

/** All routes that start an edit are the same except for their body. */
function editRoute<Body extends object>({
  type,
  body,
  example,
  toEdit,
  isDryRun,
  ...facts
}: EditRouteSpec<Body>): Route {
  return defineRoute({
    ...noInput,
    ...facts,
    method: 'post',
    scope: 'write',
    tag: 'Edits',
    bucket: 'submits',
    headers: idempotencyHeaders,
    body,
    example: {
      parameters: { 'idempotency-key': 'order-17' },
      body: { video_id: EXAMPLE_IDS.video, ...example },
      answer: isDryRun ? PLAN_EXAMPLE : { ...NEW_JOB_EXAMPLE, type },
    },
    answers: isDryRun
      ? { 200: jsonAnswer('The plan, for a dry run', planSchema), ...acceptedAnswers }
      : acceptedAnswers,
    errors: SUBMIT_ERRORS,
    handler: async ({ owner, audience, headers, body: fields }, { useCases }) => {
      const request = toRequest(type, toEdit(fields), toJsonObject(fields))
      if (isDryRun?.(fields)) return json(presentPlan(await useCases.previewEdit(owner, request)))
      const { config, metadata, videoId } = request
      const subject = { ...config, ...givenJobFields(request), metadata, video_id: videoId }
      const idempotency = readIdempotency(headers, type, subject)
      return accepted(await useCases.submitEdit(owner, request, idempotency), audience)
    },
  })
}

/** Fields of a body that are not part of the job's config. That of an edit has its priority from of old. */
const NO_CONFIG: ReadonlySet<string> = new Set(['video_id', 'metadata', 'dry_run'])

/** The request of a body of `POST /edits`, wherever it comes from. */
export function toEditRequest(body: EditBody): EditRequest {
  return toRequest('edit', { ...body, output: body.output ?? null }, toJsonObject(body))
}

function toRequest(type: EditRequest['type'], edit: RequestedEdit, body: JsonObject): EditRequest {
  const isConfig = ([name]: [string, unknown]) =>
    !NO_CONFIG.has(name) && (name !== 'priority' || type === 'edit')
  return {
    type,
    videoId: toVideoId(edit.video_id),
    operations: edit.operations,
    output: edit.output,
    ...(edit.audio ? { audio: edit.audio } : {}),
    ...(edit.image ? { image: edit.image } : {}),
    priority: edit.priority,
    metadata: edit.metadata,
    config: Object.fromEntries(Object.entries(body).filter(isConfig)),
  }
}

export const editRoutes: readonly Route[] = [
  editRoute({
    type: 'trim',
    path: '/api/v1/trim',
    operationId: 'trimVideo',
    summary: 'Trim a video: keep the part between two times',
    description:
      'H.264 and H.265 are copied between the cuts where that is possible, and not encoded again. `POST /api/v1/edits` can ' +
      'keep several parts, or remove them.',
    body: jsonBody(
      'trimVideo',
      Joi.object<TrimBody>({ video_id: videoIdSchema, ...trimFields, ...jobFields }),
    ),
    example: REQUEST_EXAMPLES.trim,
    toEdit: ({ video_id, priority, metadata, ...fields }) => ({
      ...{ video_id, priority, metadata },
      operations: [{ type: 'trim', ...fields }],
      output: null,
    }),
  }),
  editRoute({
    type: 'overlay',
    path: '/api/v1/overlay',
    operationId: 'overlayVideo',
    summary: 'Overlay text, an image or a video on a video',
    description:
      'One file at the size of the video. Images and videos are assets, which are uploaded before.',
    body: jsonBody(
      'overlayVideo',
      Joi.object<OverlayBody>({ video_id: videoIdSchema, ...overlayFields, ...jobFields }),
    ),
    example: REQUEST_EXAMPLES.overlay,
    toEdit: ({ video_id, priority, metadata, ...fields }) => ({
      ...{ video_id, priority, metadata },
      operations: [{ type: 'overlay', ...fields }],
      output: null,
    }),
  }),
  editRoute({
    type: 'watermark',
    path: '/api/v1/watermark',
    operationId: 'watermarkVideo',
    summary: 'Put a watermark on a video',
    description:
      'One file at the size of the video. The watermark is an image asset, which is uploaded before.',
    body: jsonBody(
      'watermarkVideo',
      Joi.object<WatermarkBody>({ video_id: videoIdSchema, ...watermarkFields, ...jobFields }),
    ),
    example: REQUEST_EXAMPLES.watermark,
    toEdit: ({ video_id, priority, metadata, ...fields }) => ({
      ...{ video_id, priority, metadata },
      operations: [{ type: 'watermark', ...fields }],
      output: null,
    }),
  }),
  editRoute({
    type: 'quality',
    path: '/api/v1/quality',
    operationId: 'makeQualities',
    summary: 'Transcode a video to one or more qualities',
    description:
      'One MP4 for each quality, from one decoding of the video. `output` of `POST /api/v1/edits` has more codecs, ' +
      'containers and streams.',
    body: jsonBody('makeQualities', qualitySchema),
    example: REQUEST_EXAMPLES.quality,
    toEdit: ({ qualities, ...fields }) => ({ ...fields, operations: [], output: { qualities } }),
  }),
  editRoute({
    type: 'edit',
    path: '/api/v1/edits',
    operationId: 'createEdit',
    summary: 'Edit a video: any number of operations and outputs in one job',
    description:
      'Operations apply in order. Times are seconds of the video that the operations before have left, positions are ' +
      'pixels of its picture. Without operations, the video is transcoded as `output` says.',
    body: jsonBody('createEdit', editSchema),
    example: REQUEST_EXAMPLES.edit,
    toEdit: (body) => ({ ...body, output: body.output ?? null }),
    isDryRun: (body) => body.dry_run,
  }),
]
