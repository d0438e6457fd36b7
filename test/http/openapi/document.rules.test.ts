import type Joi from 'joi'
import { describe, expect, test } from 'vitest'
import { OPERATION_EXAMPLES, OVERLAY_EXAMPLES } from '../../../src/edit/operation-examples.js'
import { operationSchema } from '../../../src/edit/operation-schemas.js'
import { createDocument } from '../../../src/http/openapi/document.js'
import { checkFields, checkJson } from '../../../src/http/request/fields.js'
import type { Route } from '../../../src/http/route.js'
import { routes } from '../../../src/http/routes/index.js'

/**
 * What every route of src/http/routes must say of itself. Each failure lists the places that lack something: give the
 * route a `description` and an `example`, and each joi field a `.description()`.
 */

type Node = Readonly<Record<string, unknown>>

const shown = routes.filter(({ isHidden }) => !isHidden)
const document = createDocument(routes) as Node
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Fields without a description. A reference has that of its component. */
function undescribed(schema: unknown, place: string): string[] {
  if (Array.isArray(schema)) return schema.flatMap((part) => undescribed(part, place))
  if (!isNode(schema)) return []
  const fields = isNode(schema['properties']) ? Object.entries(schema['properties']) : []
  const own = fields.flatMap(([name, field]) => {
    if (!isNode(field)) return []
    const says = '$ref' in field || typeof field['description'] === 'string'
    return [...(says ? [] : [`${place}.${name}`]), ...undescribed(field, `${place}.${name}`)]
  })
  const parts = ['anyOf', 'oneOf', 'allOf', 'items'].flatMap((name) => undescribed(schema[name], place))
  return [...own, ...parts]
}

function schemasOf(node: unknown): unknown[] {
  if (Array.isArray(node)) return node.flatMap(schemasOf)
  if (!isNode(node)) return []
  return Object.entries(node).flatMap(([name, part]) => (name === 'schema' ? [part] : schemasOf(part)))
}

function keysOf(schema: Joi.ObjectSchema): string[] {
  const { keys } = schema.describe() as { keys?: object }
  return Object.keys(keys ?? {})
}

function issuesOf(schema: Joi.Schema, value: unknown): string[] {
  return checkJson(schema, value).issues.map(({ pointer, message }) => `${pointer} ${message}`)
}

describe.each(shown.map((route) => [`${route.method} ${route.path}`, route] as const))(
  '%s',
  (_name, route: Route) => {
    test('has a summary and a description, which says more', () => {
      expect(route.summary.length).toBeGreaterThan(5)
      expect(route.description ?? '', 'add `description` to the route').not.toBe('')
    })

    test('has an example of what it is sent, which it accepts', () => {
      const { parameters = {}, body } = route.example ?? {}
      const required = keysOf(route.params)
      expect(Object.keys(parameters), 'add `example.parameters` to the route').toEqual(
        expect.arrayContaining(required),
      )
      const inputs = { params: route.params, query: route.query, headers: route.headers }
      for (const [place, schema] of Object.entries(inputs)) {
        const given = keysOf(schema).filter((name) => name in parameters)
        const values = Object.fromEntries(given.map((name) => [name, String(parameters[name])]))
        expect(checkFields(schema, values, `/${place}`).issues).toEqual([])
      }
      const { content } = route.body
      if (content === null) {
        expect(body).toBeUndefined()
        return
      }
      expect(body, 'add `example.body` to the route').toBeDefined()
      if (content.type === 'application/json') expect(issuesOf(content.schema, body)).toEqual([])
      else expect(Object.keys(body ?? {})).toEqual(expect.arrayContaining([...content.files]))
    })

    test('has an example of its answer, as its schema has it', () => {
      const content = Object.values(route.answers).flatMap((answer) => answer.content)
      const json = content.find(({ type }) => type === 'application/json')
      if (!json || !('schema' in json)) return
      expect(route.example?.answer, 'add `example.answer` to the route').toBeDefined()
      expect(json.schema.validate(route.example?.answer, { convert: false }).error).toBeUndefined()
    })
  },
)

test('every parameter and every header is described', () => {
  const isBare = (node: unknown) => isNode(node) && typeof node['description'] !== 'string'
  const paths = isNode(document['paths']) ? Object.entries(document['paths']) : []
  const bare = paths.flatMap(([path, methods]) =>
    Object.entries(isNode(methods) ? methods : {}).flatMap(([method, operation]) => {
      const { parameters } = isNode(operation) ? operation : {}
      const list: unknown[] = Array.isArray(parameters) ? parameters : []
      return list.filter(isBare).map((one) => `${method} ${path} ${JSON.stringify(one)}`)
    }),
  )
  expect(bare).toEqual([])
})

test('every field of a request, an answer and an event is described', () => {
  const { components, ...rest } = document
  const named = isNode(components) && isNode(components['schemas']) ? components['schemas'] : {}
  const bare = Object.entries(named).flatMap(([name, schema]) => [
    ...undescribed(schema, name),
    ...(isNode(schema) && typeof schema['description'] === 'string' ? [] : [name]),
  ])
  const inline = Object.entries({ ...(rest['paths'] as Node), ...(rest['webhooks'] as Node) }).flatMap(
    ([path, methods]) => schemasOf(methods).flatMap((schema) => undescribed(schema, path)),
  )
  expect([...new Set([...bare, ...inline])]).toEqual([])
})

test('a field that has a default need not be sent', () => {
  const required = (node: unknown): string[] => {
    if (Array.isArray(node)) return node.flatMap(required)
    if (!isNode(node)) return []
    const names: unknown[] = Array.isArray(node['required']) ? node['required'] : []
    const fields = isNode(node['properties']) ? Object.entries(node['properties']) : []
    const wrong = fields.filter(
      ([name, field]) => names.includes(name) && isNode(field) && 'default' in field,
    )
    return [...wrong.map(([name]) => name), ...Object.values(node).flatMap(required)]
  }
  expect(required(document)).toEqual([])
})

test('every operation has an example, which edits accept', () => {
  const examples = Object.values(OPERATION_EXAMPLES).map(({ operation }) => operation as object)
  for (const operation of [...examples, ...Object.values(OVERLAY_EXAMPLES)]) {
    expect(issuesOf(operationSchema, operation)).toEqual([])
  }
  const { components } = document
  const named = isNode(components) && isNode(components['schemas']) ? components['schemas'] : {}
  const without = Object.entries(named)
    .filter(([name]) => /(Operation|Overlay)$/.test(name))
    .filter(([, schema]) => isNode(schema) && !('examples' in schema) && !('oneOf' in schema))
  expect(without.map(([name]) => name)).toEqual([])
})
