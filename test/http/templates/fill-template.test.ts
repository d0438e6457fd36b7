import { describe, expect, test } from 'vitest'
import { fillTemplate } from '../../../src/http/templates/fill-template.js'

const fill = (edit: object, values: object, schema: object = {}, overrides: object = {}) =>
  fillTemplate({ edit, schema, values, overrides })

describe('a text that is one placeholder', () => {
  test.each([12.5, true, null, 'text', { width: 3 }, [1, 'a']])('becomes the value itself: %j', (value) => {
    expect(fill({ a: ['{{x}}'] }, { x: value })).toEqual({ issues: [], value: { a: [value] } })
  })
})

describe('a text with placeholders', () => {
  test('has the values written out', () => {
    expect(
      fill({ a: 'Hello {{who}}, {{n}}, {{who}} {{yes}}!' }, { who: 'नमस्ते', n: 2, yes: true }).value,
    ).toEqual({
      a: 'Hello नमस्ते, 2, नमस्ते true!',
    })
  })

  test('does not look for placeholders in values, nor at what is none', () => {
    expect(fill({ a: '{{x}} {{ x }} {x} {{1}}', '{{x}}': 1 }, { x: '{{y}} $& $1' }).value).toEqual({
      a: '{{y}} $& $1 {{ x }} {x} {{1}}',
      '{{x}}': 1,
    })
  })

  test('refuses lists and objects at their place', () => {
    const { issues } = fill({ operations: [{ 'a/b': 'x {{x}}' }] }, { x: [1] })
    expect(issues.map(({ pointer }) => pointer)).toEqual(['/edit/operations/0/a~1b'])
  })
})

test('a placeholder without a value is refused at each of its places', () => {
  const { issues } = fill({ a: '{{x}}', b: ['-{{x}}-'] }, {})
  expect(issues.map(({ pointer }) => pointer)).toEqual(['/edit/a', '/edit/b/0'])
  expect(issues[0]?.message).toContain('{{x}}')
})

test('values that every object has are none', () => {
  expect(fill({ a: '{{constructor}}', b: '{{toString}}' }, {}).issues).toHaveLength(2)
})

test('what the request says takes the place of what the template says', () => {
  expect(fill({ video_id: 'a', priority: 1 }, {}, {}, { priority: 5 }).value).toEqual({
    video_id: 'a',
    priority: 5,
  })
})

test('few placeholders do not make much of a long value', () => {
  const edit = { a: Array.from({ length: 10_000 }, () => '{{x}}'), b: '{{x}}'.repeat(5000) }
  const { issues } = fill(edit, { x: 'x'.repeat(100_000) })
  expect(issues.map(({ pointer }) => pointer)).toEqual(['/values'])
})

describe('the schema of the values', () => {
  const schema = {
    type: 'object',
    properties: { title: { type: 'string', maxLength: 5 }, size: { type: 'integer', default: 12 } },
    required: ['title'],
    additionalProperties: false,
  }

  test('gives defaults', () => {
    expect(fill({ a: '{{title}}', b: '{{size}}' }, { title: 'ok' }, schema).value).toEqual({ a: 'ok', b: 12 })
  })

  test('refuses each value that is wrong', () => {
    const { issues } = fill({}, { size: 'large', other: 1 }, schema)
    expect(issues.toSorted((a, b) => (a.pointer < b.pointer ? -1 : 1))).toEqual([
      { pointer: '/values/other', message: 'is not allowed' },
      { pointer: '/values/size', message: 'must be integer' },
      { pointer: '/values/title', message: 'is required' },
    ])
  })

  test('changes nothing of what it was given', () => {
    const values = { title: 'ok' }
    fill({}, values, schema)
    expect(values).toEqual({ title: 'ok' })
  })
})
