import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Operation as Wire } from '../../../src/edit/operation.js'
import { routes } from '../../../src/http/routes/index.js'
import { startTestServer, type TestServer } from '../support.js'

interface Operation {
  readonly operationId: string
  readonly parameters?: readonly { name: string; in: string; required: boolean; schema: object }[]
  readonly requestBody?: { content: Record<string, { schema: Record<string, unknown> }> }
  readonly security: readonly object[]
  readonly responses: Record<string, { description: string; content?: Record<string, unknown> }>
}

interface Document {
  readonly openapi: string
  readonly paths: Record<string, Record<string, Operation>>
  readonly components: { schemas: Record<string, Record<string, unknown>>; securitySchemes: object }
}

/** Typed so that this does not compile until a new operation is named here. */
const OPERATION_TYPES = Object.keys({
  trim: true,
  overlay: true,
  watermark: true,
  crop: true,
  pad: true,
  resize: true,
  rotate: true,
  flip: true,
  speed: true,
  fade: true,
  volume: true,
  mute: true,
  loudness: true,
  replace_audio: true,
  color: true,
  blur: true,
  vignette: true,
  zoom: true,
  deinterlace: true,
  concat: true,
  subtitles: true,
} satisfies Record<Wire['type'], true>)

let server: TestServer
let document: Document
beforeAll(async () => {
  server = await startTestServer()
  document = (await (await fetch(`${server.url}/openapi.json`)).json()) as Document
})
afterAll(() => server.close())

const operation = (method: string, path: string): Operation => {
  const found = document.paths[path]?.[method]
  if (!found) throw new Error(`no ${method} ${path}`)
  return found
}
const bodyOf = (path: string, type = 'application/json') =>
  operation('post', path).requestBody?.content[type]?.schema
const everyNode = function* (node: unknown): Generator<Record<string, unknown>> {
  if (typeof node !== 'object' || node === null) return
  if (!Array.isArray(node)) yield node as Record<string, unknown>
  for (const child of Object.values(node)) yield* everyNode(child)
}

test('the document is OpenAPI 3.1', () => {
  expect(document.openapi).toBe('3.1.0')
})

test('the document has every route except the parts of pages, and no others', () => {
  const documented = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  )
  const registered = routes.filter(({ isHidden }) => !isHidden).map(({ method, path }) => `${method} ${path}`)
  expect(documented.sort()).toEqual(registered.sort())
})

test('every reference leads to a schema, and every schema is used', () => {
  const targets = [...everyNode(document)].flatMap(({ $ref }) => (typeof $ref === 'string' ? [$ref] : []))
  const used = new Set(targets.map((ref) => ref.replace('#/components/schemas/', '')))
  expect([...used].sort()).toEqual(Object.keys(document.components.schemas).sort())
})

test('operation ids are unique', () => {
  const ids = Object.values(document.paths).flatMap((methods) =>
    Object.values(methods).map((o) => o.operationId),
  )
  expect(new Set(ids).size).toBe(ids.length)
})

test('every path parameter is declared, and required', () => {
  for (const [path, methods] of Object.entries(document.paths)) {
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    for (const { parameters = [] } of Object.values(methods)) {
      const declared = parameters.filter((parameter) => parameter.in === 'path' && parameter.required)
      expect(declared.map(({ name }) => name)).toEqual(names)
    }
  }
})

test('every pattern is valid in JavaScript, and none requires NUL', () => {
  for (const { pattern } of everyNode(document)) {
    if (typeof pattern !== 'string') continue
    expect(pattern).not.toBe('\\0')
    expect(() => new RegExp(pattern, 'u')).not.toThrow()
  }
})

test('an enum lists null where null is allowed', () => {
  for (const node of everyNode(document)) {
    if (!Array.isArray(node['enum']) || !Array.isArray(node['type'])) continue
    expect(node['enum'].includes(null)).toBe(node['type'].includes('null'))
  }
})

test('problems are problem+json; 401 names the scheme, 429 and 503 name the time to wait', () => {
  for (const methods of Object.values(document.paths)) {
    for (const { responses, operationId } of Object.values(methods)) {
      for (const [status, response] of Object.entries(responses)) {
        if (Number(status) < 400 || operationId === 'getHealth') continue
        expect(Object.keys(response.content ?? {})).toEqual(['application/problem+json'])
        expect('headers' in response).toBe(['401', '429', '503'].includes(status))
      }
    }
  }
})

describe('a request', () => {
  test('is strict and has its defaults and limits', () => {
    expect(bodyOf('/api/v1/trim')).toMatchObject({
      type: 'object',
      additionalProperties: false,
      required: ['video_id'],
      properties: {
        video_id: { type: 'string', format: 'uuid' },
        start_time: { type: ['number', 'null'], minimum: 0, maximum: 43_200 },
        mode: { enum: ['exact', 'smart', 'keyframe', null], default: null },
      },
    })
  })

  test('of an edit names its operations', () => {
    expect(bodyOf('/api/v1/edits')).toMatchObject({
      properties: {
        operations: { items: { $ref: '#/components/schemas/Operation' } },
        priority: { default: 3 },
      },
    })
    const { discriminator, oneOf } = document.components.schemas['Operation'] ?? {}
    const { propertyName, mapping } = discriminator as { propertyName: string; mapping: object }
    expect(propertyName).toBe('type')
    expect(Object.keys(mapping).toSorted()).toEqual(OPERATION_TYPES.toSorted())
    expect(oneOf).toEqual(Object.values(mapping).map(($ref: string) => ({ $ref })))
  })

  test('of an upload has a file', () => {
    expect(bodyOf('/api/v1/assets', 'multipart/form-data')).toMatchObject({
      properties: { file: { type: 'string', format: 'binary' }, name: { maxLength: 128 } },
      required: ['file'],
    })
  })

  test('may have an idempotency key wherever something is created', () => {
    for (const path of ['upload', 'trim', 'overlay', 'watermark', 'quality', 'edits', 'uploads']) {
      const { parameters = [] } = operation('post', `/api/v1/${path}`)
      expect(parameters).toContainEqual(expect.objectContaining({ name: 'Idempotency-Key', in: 'header' }))
    }
  })
})

test('each operation names the scope that it requires', () => {
  expect(document.components.securitySchemes).toMatchObject({ apiKey: { type: 'http', scheme: 'bearer' } })
  for (const { method, path, scope, isHidden } of routes) {
    if (isHidden) continue
    expect(operation(method, path).security).toEqual(scope === 'open' ? [] : [{ apiKey: [scope] }])
  }
  const open = routes.filter(({ scope }) => scope === 'open').map(({ path }) => path)
  const signed = '/uploads/resumable/{token}'
  const ofOwners = open.filter((path) => /^\/(api|uploads|processed)/.test(path))
  expect([...new Set(ofOwners)]).toEqual([signed])
})

test('an answer requires its fields and allows more', () => {
  const job = document.components.schemas['Job'] ?? {}
  expect(job['required']).toHaveLength(Object.keys(job['properties'] as object).length)
  expect(job).not.toHaveProperty('additionalProperties')
  expect(job).toMatchObject({
    properties: {
      outputs: { items: { $ref: '#/components/schemas/Output' } },
      started_at: { type: ['string', 'null'], format: 'date-time' },
    },
  })
})

test('the events of a job are a stream that resumes', () => {
  const { parameters, responses } = operation('get', '/api/v1/jobs/{id}/events')
  expect(parameters).toContainEqual(expect.objectContaining({ name: 'Last-Event-ID', in: 'header' }))
  expect(Object.keys(responses['200']?.content ?? {})).toEqual(['text/event-stream'])
  expect(responses['204']).not.toHaveProperty('content')
})

test('each operation lists the statuses it can give', () => {
  expect(Object.keys(operation('post', '/api/v1/trim').responses)).toEqual([
    '202',
    '400',
    '401',
    '403',
    '404',
    '408',
    '409',
    '413',
    '415',
    '422',
    '429',
    '500',
    '503',
  ])
  expect(Object.keys(operation('get', '/api/v1/videos/{id}/download').responses)).toEqual([
    '200',
    '206',
    '304',
    '400',
    '401',
    '403',
    '404',
    '412',
    '416',
    '429',
    '500',
    '503',
  ])
})
