import Joi from 'joi'
import { describe, expect, test } from 'vitest'
import { operationsSchema, videoIdSchema } from '../../../src/edit/operation-schemas.js'
import { overlayFields } from '../../../src/edit/operations/overlay.js'
import { outputSchema } from '../../../src/edit/output/output-schema.js'
import { checkFields, checkJson } from '../../../src/http/request/fields.js'

const overlay = Joi.object({ video_id: videoIdSchema, ...overlayFields })
const edit = Joi.object({ operations: operationsSchema, output: outputSchema })
const ID = '01890000-0000-7000-8000-000000000000'
const TEXT = { video_id: ID, overlay_type: 'text', content: 'hi' }

describe('a null in a body', () => {
  test('counts as absent where a field has a default', () => {
    const nulls = { font_size: null, font_color: null, language: null, opacity: null, start_time: null }
    const { issues, value } = checkJson(overlay, { ...TEXT, ...nulls })
    expect(issues).toEqual([])
    expect(value()).toEqual(checkJson(overlay, TEXT).value())
    expect(value()).toMatchObject({ font_size: 24, font_color: 'white', language: 'en', opacity: 1 })
  })

  test('of every field at once is the same as none', () => {
    const nulls = Object.fromEntries(Object.keys(overlayFields).map((name) => [name, null]))
    expect(checkJson(overlay, { ...nulls, ...TEXT }).value()).toEqual(checkJson(overlay, TEXT).value())
  })

  test('counts as absent within operations and renditions, whatever form it would choose', () => {
    const trim = { type: 'trim', start_time: 0, end_time: 1, mode: null }
    const renditions = [{ name: 'a', quality: null, width: 320, height: null, crf: null }]
    const { issues, value } = checkJson(edit, {
      operations: [{ ...trim, segments: null, remove: null }],
      output: { renditions, qualities: null, container: null },
    })
    expect(issues).toEqual([])
    expect(value()).toMatchObject({ operations: [trim], output: { renditions: [{ name: 'a', width: 320 }] } })
  })

  test('of a required field is a mistake, as are nulls in lists and in place of everything', () => {
    const pointers = (body: unknown) => checkJson(overlay, body).issues.map(({ pointer }) => pointer)
    expect(pointers({ ...TEXT, content: null })).toEqual(['/content'])
    expect(pointers(null)).toEqual([''])
    const { issues } = checkJson(edit, { operations: [null] })
    expect(issues.map(({ pointer }) => pointer)).toEqual(['/operations/0'])
  })

  test('of an unknown field is a mistake as well', () => {
    const { issues } = checkJson(overlay, { ...TEXT, fontsize: null })
    expect(issues).toEqual([{ pointer: '/fontsize', message: 'is not a known field' }])
  })

  test('leaves the body itself as it is', () => {
    const body = Object.freeze({ ...TEXT, font_size: null })
    expect(checkJson(overlay, body).issues).toEqual([])
    expect(body.font_size).toBeNull()
  })
})

describe('messages are sentences for people', () => {
  const mistakes: readonly (readonly [string, unknown, string, string])[] = [
    [
      'a word as a position',
      { position_x: 'center' },
      '/position_x',
      'must be a whole number of pixels from -',
    ],
    ['a word as a width', { max_width: 'half' }, '/max_width', 'must be a whole number of pixels from 1 to'],
    ['a broken percentage', { width: '5 0%' }, '/width', 'must be a whole number of pixels from 1 to'],
    ['a broken number', { position_y: 1.5 }, '/position_y', 'must be a whole number of pixels from -'],
    ['a text as a number', { font_size: '24' }, '/font_size', 'must be a number'],
    ['too much', { opacity: 2 }, '/opacity', 'must be at most 1'],
    ['too little', { font_size: 0 }, '/font_size', 'must be at least 1'],
    ['a fraction', { font_size: 1.5 }, '/font_size', 'must be a whole number'],
    ['a field of another API', { fontSize: 24 }, '/fontSize', 'is not a known field'],
    ['a wrong choice', { anchor: 'middle' }, '/anchor', 'must be one of top-left, top, '],
    ['a number as a switch', { bold: 1 }, '/bold', 'must be true or false'],
    ['an id that is none', { video_id: 'abc' }, '/video_id', 'must be an id, which is a UUID'],
    ['no text', { content: '' }, '/content', 'must not be empty'],
    [
      'an end before the start',
      { start_time: 3, end_time: 2 },
      '/end_time',
      'must be greater than "start_time"',
    ],
    ['a start that is no time', { start_time: 'x', end_time: 2 }, '/start_time', 'must be a number'],
  ]
  test.each(mistakes)('about %s', (_, fields, pointer, start) => {
    const { issues } = checkJson(overlay, { ...TEXT, ...(fields as object) })
    const [issue] = issues.filter((one) => one.pointer === pointer)
    expect(issue?.message.startsWith(start) ? start : issue?.message).toBe(start)
    for (const { message } of issues)
      expect(message).not.toMatch(/pattern|ref:|GUID|peers|limit references|\/\^/)
  })

  test('about an end without a start', () => {
    const { issues } = checkFields(
      Joi.object({ a: Joi.number(), b: Joi.number().greater(Joi.ref('a')) }),
      { b: 1 },
      '',
    )
    expect(issues).toEqual([{ pointer: '/b', message: 'cannot be checked, because a is missing or wrong' }])
  })
})
