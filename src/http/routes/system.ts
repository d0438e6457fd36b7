import Joi from 'joi'
import { ERRORS, isErrorCode } from '../../errors.js'
import type { Capabilities } from '../../jobs/ports/capabilities.js'
import { createDocument } from '../openapi/document.js'
import { VERSION } from '../package-root.js'
import { count, orNull, shape, text } from '../present/wire.js'
import { STATUS } from '../reply/problem.js'
import { json } from '../reply/reply.js'
import { anyFields } from '../request/fields.js'
import { defineRoute, noInput, type Route } from '../route.js'
import { jsonAnswer } from './answers.js'
import { consolePage } from './pages.js'

const serviceSchema = shape({
  name: text(),
  version: text(),
  docs: text(),
  redoc: text(),
  openapi: text(),
  health: text(),
  api: text(),
})

const SERVICE = {
  name: 'Cutroom',
  version: VERSION,
  docs: '/docs',
  redoc: '/redoc',
  openapi: '/openapi.json',
  health: '/health',
  api: '/api/v1',
}

const checkSchema = shape({ ok: Joi.boolean(), latency_ms: Joi.number().min(0), message: orNull(text()) })

const confinementSchema = shape({
  no_network: Joi.boolean(),
  limits: Joi.boolean(),
  processes_unbounded: orNull(text()).description(
    'Why the number of processes is not limited; null: it is limited',
  ),
  dies_with_worker: Joi.boolean(),
})

const ffmpegSchema = shape({
  version: text(),
  ffprobe_version: text(),
  tested: Joi.boolean().description('Whether the tests of Cutroom run on versions of this series'),
  older_than: orNull(text()).description(
    'The release that mends known vulnerabilities, if this version is older: its packager may have mended them in it. ' +
      'null: it is not older, or has no number',
  ),
  missing: Joi.array()
    .items(shape({ part: text(), cannot: text() }))
    .description('Parts that it lacks, and what it cannot do for that'),
})

const healthSchema = shape({
  status: Joi.string().valid('ok', 'degraded'),
  version: text(),
  checks: orNull(
    shape({
      database: checkSchema,
      orchestrator: checkSchema,
      storage: checkSchema,
      ffmpeg: checkSchema,
    }),
  ).description('null for a request without a key, where keys are required'),
  ffmpeg: orNull(ffmpegSchema).description(
    'What the ffmpeg of the API is; null like `checks`, or if it does not work',
  ),
  event_loop: orNull(shape({ p99_ms: Joi.number().min(0), max_ms: Joi.number().min(0) })).description(
    'How long events of this process waited for its other work in the last one to two minutes; null like `checks`',
  ),
  ffmpeg_confinement: orNull(confinementSchema).description(
    'Which restrictions of ffmpeg work on the machine of the API; null like `checks`',
  ),
})

function ffmpegBody({ version, ffprobeVersion, isTested, olderThan, missing }: Capabilities) {
  return {
    version,
    ffprobe_version: ffprobeVersion,
    tested: isTested,
    older_than: olderThan,
    missing: missing.map(({ name, ability }) => ({ part: name, cannot: ability })),
  }
}

const livenessSchema = shape({ status: Joi.string().valid('ok') })

const codeSchema = shape({ code: text(), title: text(), status: count() })

const codeParams = Joi.object<{ code: string }>({
  code: Joi.string()
    .valid(...Object.keys(ERRORS))
    .required(),
})

/** @param getRoutes returns all routes, which include these */
export function systemRoutes(getRoutes: () => readonly Route[]): readonly Route[] {
  let document: object | null = null
  return [
    rootRoute,
    healthRoute,
    livenessRoute,
    defineRoute({
      ...noInput,
      method: 'get',
      scope: 'open',
      path: '/openapi.json',
      operationId: 'getApiDocument',
      tag: 'System',
      summary: 'Get this document',
      query: anyFields,
      answers: { 200: jsonAnswer('The OpenAPI 3.1 document', Joi.object().unknown(true)) },
      errors: [],
      handler: () => json((document ??= createDocument(getRoutes()))),
    }),
    problemTypeRoute,
  ]
}

const rootRoute = defineRoute({
  ...noInput,
  method: 'get',
  scope: 'open',
  path: '/',
  operationId: 'getService',
  tag: 'System',
  summary: 'Get the console, or with `Accept: application/json` an overview of the service',
  query: anyFields,
  answers: {
    200: {
      description: 'The console, or the overview',
      content: [{ type: 'application/json', schema: serviceSchema }, { type: 'text/html' }],
      headers: { Vary: '`Accept`' },
    },
  },
  errors: [],
  handler: ({ prefersJson }) => (prefersJson ? json(SERVICE, 200, { Vary: 'Accept' }) : consolePage),
})

const livenessRoute = defineRoute({
  ...noInput,
  method: 'get',
  scope: 'open',
  path: '/livez',
  operationId: 'getLiveness',
  tag: 'System',
  summary: 'See whether this process answers, whatever else works',
  query: anyFields,
  answers: { 200: jsonAnswer('It answers', livenessSchema) },
  errors: [],
  handler: () => json({ status: 'ok' }),
})

const healthRoute = defineRoute({
  ...noInput,
  method: 'get',
  scope: 'open',
  path: '/health',
  operationId: 'getHealth',
  tag: 'System',
  summary: 'Check the database, the orchestrator, the storage and ffmpeg',
  description: 'The answer is at most 5 s old.',
  query: anyFields,
  answers: {
    200: jsonAnswer('Everything works', healthSchema),
    503: jsonAnswer('Something does not work: see `checks`', healthSchema, {
      'Retry-After': 'Seconds to wait',
    }),
  },
  errors: [],
  handler: async ({ audience }, { useCases }) => {
    const { healthy, checks, capabilities, confinement, loopDelay } = await useCases.checkHealth()
    const described = Object.fromEntries(
      Object.entries(checks).map(([name, { ok, latencyMs, message }]) => [
        name,
        { ok, latency_ms: Math.round(latencyMs), message },
      ]),
    )
    const body = {
      status: healthy ? 'ok' : 'degraded',
      version: VERSION,
      checks: audience.isAnonymous ? null : described,
      ffmpeg: audience.isAnonymous || !capabilities ? null : ffmpegBody(capabilities),
      event_loop: audience.isAnonymous ? null : { p99_ms: loopDelay.p99Ms, max_ms: loopDelay.maxMs },
      ffmpeg_confinement: audience.isAnonymous
        ? null
        : {
            no_network: confinement.noNetwork,
            limits: confinement.limits,
            processes_unbounded: confinement.processesUnbounded,
            dies_with_worker: confinement.diesWithWorker,
          },
    }
    return healthy ? json(body) : json(body, 503, { 'Retry-After': '5' })
  },
})

/** The target of the `type` of a problem. */
const problemTypeRoute = defineRoute({
  ...noInput,
  method: 'get',
  scope: 'open',
  path: '/problems/{code}',
  operationId: 'getProblemType',
  tag: 'System',
  summary: 'Get the meaning of an error code',
  params: codeParams,
  query: anyFields,
  answers: { 200: jsonAnswer('The error code', codeSchema) },
  errors: ['request-invalid'],
  handler: ({ params: { code } }) => {
    if (!isErrorCode(code)) throw new Error('unreachable: the schema lists the codes')
    return json({ code, title: ERRORS[code].title, status: STATUS[code] })
  },
})
