import Joi from 'joi'
import { ERRORS, isErrorCode } from '../../errors.js'
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
    'Why the number of its processes has no bound; null: it has one',
  ),
  dies_with_worker: Joi.boolean(),
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
  ).description('null without a key, where keys are asked for'),
  ffmpeg_confinement: orNull(confinementSchema).description(
    'What holds ffmpeg on this machine; null likewise',
  ),
})

const codeSchema = shape({ code: text(), title: text(), status: count() })

const codeParams = Joi.object<{ code: string }>({
  code: Joi.string()
    .valid(...Object.keys(ERRORS))
    .required(),
})

/** `getRoutes`: the registry, which these routes are themselves part of. */
export function systemRoutes(getRoutes: () => readonly Route[]): readonly Route[] {
  let document: object | null = null
  return [
    rootRoute,
    healthRoute,
    defineRoute({
      ...noInput,
      method: 'get',
      scope: 'open',
      path: '/openapi.json',
      operationId: 'getApiDocument',
      tag: 'System',
      summary: 'This document',
      query: anyFields,
      answers: { 200: jsonAnswer('OpenAPI 3.1', Joi.object().unknown(true)) },
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
  summary: 'The console, or for `Accept: application/json` where everything is',
  query: anyFields,
  answers: {
    200: {
      description: 'The console or the overview',
      content: [{ type: 'application/json', schema: serviceSchema }, { type: 'text/html' }],
      headers: { Vary: '`Accept`' },
    },
  },
  errors: [],
  handler: ({ prefersJson }) => (prefersJson ? json(SERVICE, 200, { Vary: 'Accept' }) : consolePage),
})

const healthRoute = defineRoute({
  ...noInput,
  method: 'get',
  scope: 'open',
  path: '/health',
  operationId: 'getHealth',
  tag: 'System',
  summary: 'Check the database, the orchestrator, the storage and ffmpeg',
  query: anyFields,
  answers: {
    200: jsonAnswer('All is well', healthSchema),
    503: jsonAnswer('Something is not', healthSchema, { 'Retry-After': 'Seconds to wait' }),
  },
  errors: [],
  handler: async ({ audience }, { useCases }) => {
    const { healthy, checks, confinement } = await useCases.checkHealth()
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

/** Where the `type` of a problem leads. */
const problemTypeRoute = defineRoute({
  ...noInput,
  method: 'get',
  scope: 'open',
  path: '/problems/{code}',
  operationId: 'getProblemType',
  tag: 'System',
  summary: 'What a problem code means',
  params: codeParams,
  query: anyFields,
  answers: { 200: jsonAnswer('The kind of problem', codeSchema) },
  errors: ['request-invalid'],
  handler: ({ params: { code } }) => {
    if (!isErrorCode(code)) throw new Error('unreachable: the schema lists the codes')
    return json({ code, title: ERRORS[code].title, status: STATUS[code] })
  },
})
