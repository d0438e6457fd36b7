import Joi from 'joi'
import type { Capabilities } from '../../jobs/ports/capabilities.js'
import { createDocument } from '../openapi/document.js'
import { VERSION } from '../package-root.js'
import { HEALTH_EXAMPLE } from '../present/system-examples.js'
import { orNull, shape, text } from '../present/wire.js'
import { json } from '../reply/reply.js'
import { anyFields } from '../request/fields.js'
import { defineRoute, noInput, type Route } from '../route.js'
import { jsonAnswer } from './answers.js'
import { consolePage } from './pages.js'

const serviceSchema = shape({
  name: text('Cutroom'),
  version: text('Version of the server'),
  docs: text('Path of the Swagger UI'),
  redoc: text('Path of Redoc'),
  openapi: text('Path of the API document'),
  health: text('Path of the health check'),
  api: text('Path below which the API is'),
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

const checkSchema = shape({
  ok: Joi.boolean().description('Whether it works'),
  latency_ms: Joi.number().min(0).description('Milliseconds that it took to answer'),
  message: orNull(text('What is wrong; null: nothing')),
})

const confinementSchema = shape({
  no_network: Joi.boolean().description('It has no network'),
  limits: Joi.boolean().description('Its memory, time and files are limited'),
  processes_unbounded: orNull(text('Why the number of processes is not limited; null: it is limited')),
  dies_with_worker: Joi.boolean().description('It ends when the worker that started it dies'),
})

const ffmpegSchema = shape({
  version: text('Version of ffmpeg'),
  ffprobe_version: text('Version of ffprobe'),
  tested: Joi.boolean().description('Whether the tests of Cutroom run on versions of this series'),
  older_than: orNull(
    text(
      'The release that mends known vulnerabilities, if this version is older: its packager may have mended them in it. ' +
        'null: it is not older, or has no number',
    ),
  ),
  missing: Joi.array()
    .items(shape({ part: text('Name of the part'), cannot: text('What does not work without it') }))
    .description('Parts that it lacks, and what it cannot do for that'),
})

const healthSchema = shape({
  status: Joi.string().valid('ok', 'degraded').description('`degraded`: a check has failed'),
  version: text('Version of the server'),
  checks: orNull(
    shape({
      database: checkSchema.description('PostgreSQL'),
      orchestrator: checkSchema.description('Temporal'),
      storage: checkSchema.description('The folders of media'),
      ffmpeg: checkSchema.description('ffmpeg and ffprobe'),
    }),
  ).description('null for a request without a key, where keys are required'),
  ffmpeg: orNull(ffmpegSchema).description(
    'What the ffmpeg of the API is; null like `checks`, or if it does not work',
  ),
  event_loop: orNull(
    shape({
      p99_ms: Joi.number().min(0).description('99 of 100 waited at most so many milliseconds'),
      max_ms: Joi.number().min(0).description('Milliseconds of the longest wait'),
    }),
  ).description(
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

const livenessSchema = shape({ status: Joi.string().valid('ok').description('The process answers') })

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
      description: 'It is made from the registry that routes and checks requests.',
      example: { answer: { openapi: '3.1.0', info: { title: 'Cutroom', version: VERSION } } },
      query: anyFields,
      answers: { 200: jsonAnswer('The OpenAPI 3.1 document', Joi.object().unknown(true)) },
      errors: [],
      handler: () => json((document ??= createDocument(getRoutes()))),
    }),
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
  description: 'The console uploads, edits and shows jobs by hand, with this API.',
  example: { answer: SERVICE },
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
  description: 'For supervisors that restart a process that hangs. It needs neither database nor Temporal.',
  example: { answer: { status: 'ok' } },
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
  description: 'For load balancers and monitoring. The answer is at most 5 s old.',
  example: { answer: HEALTH_EXAMPLE },
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
