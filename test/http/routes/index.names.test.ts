import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Route } from '../../../src/http/route.js'
import { routes } from '../../../src/http/routes/index.js'
import { UNKNOWN_VIDEO } from '../stand-in-use-cases.js'
import { expectProblem, type Part, postForm, startTestServer, type TestServer } from '../support.js'

/** Made from the route table, so that new routes and fields are tested, too. */
let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

const UNSAFE = ['__proto__', 'constructor']
const named = (list: readonly Route[]) =>
  list.map((route) => [`${route.method} ${route.path}`, route] as const)
const fieldsOf = (schema: Route['query']): string[] => Object.keys(Object(schema.describe().keys) as object)
const pathOf = ({ path }: Route) =>
  path
    .replace('{code}', 'internal')
    .replaceAll(/\{(?:id|job_id)\}/g, UNKNOWN_VIDEO)
    .replaceAll(/\{\w+\}/g, 'a.png')
const takingJson = routes.filter(({ body }) => body.content?.type === 'application/json')
const takingForms = routes.filter(({ body }) => body.content?.type === 'multipart/form-data')
const withQuery = named(routes).flatMap(([name, route]) =>
  fieldsOf(route.query).map((field) => [`${field} of ${name}`, route, field] as const),
)
const urlOf = (route: Route) => server.url + pathOf(route)
const methodOf = ({ method }: Route) => method.toUpperCase()
const sendJson = (route: Route, body: object) =>
  fetch(urlOf(route), {
    method: methodOf(route),
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })

test('there are routes of every kind to test', () => {
  expect([takingJson.length, takingForms.length, withQuery.length].every((count) => count >= 2)).toBe(true)
})

describe.each(named(routes))('the query of %s', (_name, route) => {
  test.each(UNSAFE)('may not have the field %s', async (field) => {
    const response = await fetch(`${urlOf(route)}?${field}=1`, { method: methodOf(route) })
    if (route.body.content !== null) {
      // If a body is required and absent, that is reported first.
      expect([400, 415]).toContain(response.status)
      return
    }
    const { errors } = await expectProblem(response, 400, 'request-invalid')
    expect(errors).toContainEqual({ pointer: `/query/${field}`, message: 'is not allowed' })
  })
})

describe.each(withQuery)('the query field %s', (_name, route, field) => {
  test.each([`${field}[$gt]=`, `${field}[]=a`, `${field}=a&${field}=b`, `${field}[__proto__]=a`])(
    'is refused as an operator or a list: %s',
    async (query) => {
      const response = await fetch(`${urlOf(route)}?${query}`, { method: methodOf(route) })
      await expectProblem(response, 400, 'request-invalid')
    },
  )
})

describe.each(named(takingJson))('the body of %s', (_name, route) => {
  const schema = route.body.content?.schema
  const fields = Object.keys(Object(schema?.describe().keys) as object)

  test.each(UNSAFE)('may not have the member %s, at any depth', async (member) => {
    for (const value of ['{}', '1', '{"isAdmin":true}', '{"prototype":{"isAdmin":true}}']) {
      for (const [body, pointer] of [
        [`{"${member}":${value}}`, `/${member}`],
        [`{"metadata":{"a":[{"${member}":${value}}]}}`, `/metadata/a/0/${member}`],
      ] as const) {
        const headers = { 'Content-Type': 'application/json' }
        const response = await fetch(urlOf(route), { method: methodOf(route), headers, body })
        const { errors } = await expectProblem(response, 400, 'request-invalid')
        expect(errors).toContainEqual({ pointer, message: 'is not allowed' })
      }
    }
    expect(Object.keys(Object.prototype)).toEqual([])
    expect('isAdmin' in {}).toBe(false)
  })

  test.each(fields.filter((field) => !['metadata', 'output'].includes(field)))(
    'may not have an operator or a list for %s',
    async (field) => {
      for (const value of [{ $gt: '' }, { $ne: null }, [{ $gt: '' }], [['a']]]) {
        const { errors } = await expectProblem(
          await sendJson(route, { [field]: value }),
          400,
          'request-invalid',
        )
        expect(errors?.some(({ pointer }) => pointer.startsWith(`/${field}`))).toBe(true)
      }
    },
  )
})

describe.each(named(takingForms))('the form of %s', (_name, route) => {
  const file: Part = { name: 'file', filename: 'a.png', content: 'x' }
  const names = [...UNSAFE, 'file[__proto__]', 'a[constructor][prototype]', 'name[$gt]', 'name[]', '$where']

  test.each(names)('may not have the part %s', async (name) => {
    for (const part of [
      { name, content: '1' },
      { name, filename: 'a.png', content: '1' },
    ]) {
      await expectProblem(await postForm(urlOf(route), [part, file]), 400, 'request-invalid')
    }
    expect(Object.keys(Object.prototype)).toEqual([])
    expect(await server.useCases.leftovers()).toEqual([])
  })

  test('may have each text only once', async () => {
    const twice = [
      { name: 'name', content: 'a.png' },
      { name: 'name', content: 'b.png' },
    ]
    await expectProblem(await postForm(urlOf(route), [...twice, file]), 400, 'request-invalid')
  })
})
