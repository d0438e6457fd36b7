import Joi from 'joi'
import { describe, expect, test } from 'vitest'
import { LIMITS } from '../../src/edit/limits.js'
import { operationSchema, operationsSchema, videoIdSchema } from '../../src/edit/operation-schemas.js'
import { problems } from '../support/schema-problems.js'
import { burned } from '../support/subtitles.js'

const TRIM = { type: 'trim', start_time: 1, end_time: 2 }
const TEXT = { type: 'overlay', overlay_type: 'text', content: 'Hi' }
const IMAGE = { type: 'overlay', overlay_type: 'image', content: 'logo.png' }
const SUBTITLES = { type: 'subtitles', subtitles: 'film.srt' }
const CLIP = { ...IMAGE, overlay_type: 'video', content: 'clip.mp4' }
const MARK = { type: 'watermark', watermark_path: 'logo.png' }

function accept(value: unknown): unknown {
  return Joi.attempt(value, operationSchema, { convert: false })
}

describe('defaults', () => {
  test('a trim copies what it can', () => {
    expect(accept(TRIM)).toEqual({ ...TRIM, mode: null })
  })

  test('text is white, 24 px, English, at the top left, from the start to the end', () => {
    expect(accept(TEXT)).toMatchObject({
      ...TEXT,
      ...{ anchor: 'top-left', position_x: 0, position_y: 0, start_time: 0, end_time: null },
      ...{ fade_in: 0, fade_out: 0, opacity: 1, rotation: 0, width: null, height: null },
      ...{ at_end: 'hide', audio: 'drop', volume_db: 0 },
      font_size: 24,
      font_color: 'white',
      language: 'en',
      ...{ font: null, bold: false, italic: false, align: null, max_width: null },
      ...{ outline_width: 0, outline_color: 'black', box_color: null, box_padding: null },
    })
  })

  test('a watermark is at the bottom right, with an opacity of 0.8, 10 px from the edges', () => {
    expect(accept(MARK)).toEqual({
      ...{ ...MARK, position: 'bottom-right', opacity: 0.8, margin: 10 },
      ...{ width: null, height: null, tiled: false },
    })
  })

  test('subtitles are white with a black outline, at the bottom, sized by the picture', () => {
    expect(accept(SUBTITLES)).toEqual({
      ...burned('film.srt', { emoji: 'color', preset: null, font_scale: 1 }),
      ...{ max_words: null, max_chars: null, upper_case: false },
    })
  })
})

describe('limits', () => {
  test.each<[string, object, string, readonly unknown[], readonly unknown[]]>([
    ['trim', { ...TRIM, end_time: 43_200 }, 'start_time', [0, 43_199.9], [-0.001]],
    [
      'trim',
      TRIM,
      'end_time',
      [1.000001, LIMITS.durationSec, null],
      [1, 0.5, LIMITS.durationSec + 0.001, '2'],
    ],
    ['trim', TRIM, 'mode', ['exact', 'smart', 'keyframe', null], ['fast', '']],
    ['text', TEXT, 'fit', ['wrap', 'shrink', 'ellipsis'], ['', 'cut', null, 1]],
    ['text', TEXT, 'max_lines', [1, 1000, null], [0, 1001, 1.5, '2']],
    ['subtitles', SUBTITLES, 'highlight_color', ['yellow', '#ff0', null], ['', 'x', 1]],
    [
      'text',
      TEXT,
      'content',
      ['x', 'x'.repeat(10_000), '{\\N}%:', '😀'],
      ['', 'x'.repeat(10_001), 'a\0b', 5, null],
    ],
    ...(['position_x', 'position_y'] as const).map(
      (field): [string, object, string, readonly unknown[], readonly unknown[]] => [
        ...(['text', TEXT, field] as const),
        [-8192, 8192, '0%', '-100%', '100.000%', '12.125%'],
        [-8193, 8193, 0.5, '1', '', '100.1%', '-101%', '5 %', '5%%', '.5%', '1e1%', '1.2345%', null],
      ],
    ),
    ['text', TEXT, 'anchor', ['top', 'bottom-right', 'center'], ['middle', '', null]],
    ['text', TEXT, 'fade_in', [0, 2.5], [-0.1, LIMITS.durationSec + 1, '1', null]],
    ['text', TEXT, 'fade_out', [0, 2.5], [-0.1, LIMITS.durationSec + 1, '1', null]],
    ['text', TEXT, 'opacity', [0, 0.5, 1], [-0.1, 1.1, '1', null]],
    ['text', TEXT, 'rotation', [-360, 12.5, 360], [-361, 361, '90', null]],
    ['text', TEXT, 'font_size', [1, 2000], [0, 2001, 1.5, '24']],
    ['text', TEXT, 'font_color', ['#fff', 'tomato', '#11223344'], ['#ff', 'nope', 'White', '', null]],
    ['text', TEXT, 'language', ['hi', 'pt-BR', 'zh-Hant-TW'], ['', 'h', 'hi_IN', '../hi', 'a'.repeat(36)]],
    ['text', TEXT, 'font', ['brand.ttf', null], ['', '../brand.ttf', 1]],
    ['text', TEXT, 'bold', [true, false], ['true', 1, null]],
    ['text', TEXT, 'italic', [true, false], ['true', 1, null]],
    ['text', TEXT, 'outline_width', [0, 1.5, 100], [-1, 100.1, '2', null]],
    ['text', TEXT, 'outline_color', ['black', '#00000080'], ['none', '', null]],
    ['text', TEXT, 'box_color', ['black', '#00000080', null], ['none', '']],
    ['text', TEXT, 'box_padding', [0, 500, null], [-1, 501, 1.5, '5']],
    ['text', TEXT, 'align', ['left', 'center', 'right', null], ['justify', '']],
    [
      ...(['text', TEXT, 'max_width'] as const),
      [1, 8192, '60%', '0.5%', '100%', null],
      [0, 8193, 1.5, '0%', '0.000%', '101%', '60', '-5%', ''],
    ],
    ['text', TEXT, 'start_time', [0, LIMITS.durationSec], [-1, LIMITS.durationSec + 1]],
    ['text', { ...TEXT, start_time: 2 }, 'end_time', [2.001, null], [2, 1]],
    ['text', TEXT, 'overlay_type', ['text'], ['audio', '', null]],
    ...[IMAGE, MARK].flatMap((operation) =>
      (['width', 'height'] as const).map(
        (field): [string, object, string, readonly unknown[], readonly unknown[]] => [
          ...([operation.type, operation, field] as const),
          [null, 1, 8192, '0.001%', '15%', '1000%', '99.5%'],
          [0, -1, 8193, 1.5, '', '15', '0%', '0.000%', '-5%', '1000.1%', '1e2%', '5.0001%'],
        ],
      ),
    ),
    ['clip', CLIP, 'at_end', ['hide', 'hold', 'loop'], ['stop', '', null]],
    ['clip', CLIP, 'audio', ['drop', 'mix', 'replace'], ['keep', '', null]],
    ['clip', CLIP, 'volume_db', [-60, 0, 19.5, 20], [-60.1, 20.1, '0', null]],
    ['watermark', MARK, 'tiled', [true, false], ['true', 1, null]],
    ['watermark', MARK, 'opacity', [0.1, 1], [0.09, 1.01, '0.5']],
    ['watermark', MARK, 'margin', [0, 8192], [-1, 8193, 1.5]],
    ['watermark', MARK, 'position', ['top-left', 'center'], ['middle', 'top', '']],
    ['subtitles', SUBTITLES, 'offset', [-43_200, 43_200, 0.5], [-43_201, 43_201, '1', null]],
    ['subtitles', { ...SUBTITLES, start_time: 2 }, 'end_time', [2.001, null], [2, 1]],
    ['subtitles', SUBTITLES, 'font_size', [1, 2000, null], [0, 2001, 1.5, '24']],
    ['subtitles', SUBTITLES, 'font_color', ['#fff', 'tomato'], ['#ff', 'nope', null]],
    ['subtitles', SUBTITLES, 'outline_color', ['#11223344'], ['', null]],
    ['subtitles', SUBTITLES, 'outline_width', [0, 2.5, 100, null], [-1, 101, '2']],
    ['subtitles', SUBTITLES, 'box_color', ['#00000080', null], ['', 'nope']],
    ['subtitles', SUBTITLES, 'margin', [0, 8192, null], [-1, 8193, 1.5]],
    ['subtitles', SUBTITLES, 'position', ['bottom', 'top'], ['middle', '', null]],
    ['subtitles', SUBTITLES, 'bold', [true, false], ['true', 1, null]],
    ['subtitles', SUBTITLES, 'restyle', [true, false], ['true', 1, null]],
    ['subtitles', SUBTITLES, 'language', ['hi', 'pt-BR'], ['', '../hi']],
  ])('%s of %j: %s', (_, operation, field, good, bad) => {
    for (const value of good) expect(problems(operationSchema, { ...operation, [field]: value })).toEqual([])
    for (const value of bad) {
      expect([value, problems(operationSchema, { ...operation, [field]: value })]).toEqual([value, [field]])
    }
  })

  test.each([
    [IMAGE, 'content'],
    [{ ...IMAGE, overlay_type: 'video' }, 'content'],
    [MARK, 'watermark_path'],
    [SUBTITLES, 'subtitles'],
  ])('an asset of %j is a plain name', (operation, field) => {
    for (const name of ['a', 'A-1_b.c.png', 'x'.repeat(128)]) {
      expect(problems(operationSchema, { ...operation, [field]: name })).toEqual([])
    }
    const bad = [
      '',
      '../x',
      'a/b',
      'a\\b',
      '.hidden',
      '-rf',
      '..',
      'a b',
      'a\n',
      'ä',
      'a\0',
      'x'.repeat(129),
      5,
    ]
    for (const name of bad) {
      expect([name, problems(operationSchema, { ...operation, [field]: name })]).toEqual([name, [field]])
    }
  })

  test('an edit has at most 50 operations', () => {
    expect(
      problems(
        operationsSchema,
        Array.from({ length: 50 }, () => TRIM),
      ),
    ).toEqual([])
    expect(
      problems(
        operationsSchema,
        Array.from({ length: 51 }, () => TRIM),
      ),
    ).toEqual([''])
  })

  test.each(['1', null, NaN, Infinity])('a start of %j is refused', (start) => {
    expect(problems(operationSchema, { ...TRIM, start_time: start })).toContain('start_time')
  })

  test('a video id is a UUID', () => {
    expect(problems(videoIdSchema, '0193a0b1-7c2d-7e3f-8a4b-5c6d7e8f9a0b')).toEqual([])
    expect(problems(videoIdSchema, '../etc/passwd')).toEqual([''])
    expect(problems(videoIdSchema, undefined)).toEqual([''])
  })
})

describe('missing and unknown fields', () => {
  test.each([
    [{ type: 'trim', segments: [{}] }, ['segments.0.end_time']],
    [{ ...TRIM, colour: 'red' }, ['colour']],
    [{ ...TRIM, font_size: 12 }, ['font_size']],
    [{ type: 'overlay' }, ['overlay_type', 'content']],
    [{ ...TEXT, x: 1 }, ['x']],
    [{ type: 'watermark' }, ['watermark_path']],
    [{ ...MARK, __proto__x: 1 }, ['__proto__x']],
    [{ type: 'explode' }, ['']],
    [{}, ['']],
    ['trim', ['']],
    [null, ['']],
    [[], ['']],
  ])('%j is refused at %j', (operation, where) => {
    expect(problems(operationSchema, operation)).toEqual(where)
  })

  test('all bad fields are named at once, with their places', () => {
    const found = problems(operationsSchema, [
      { ...TRIM, start_time: -1, mode: 'x' },
      { ...MARK, opacity: 2 },
    ])
    expect(found.sort()).toEqual(['0.mode', '0.start_time', '1.opacity'])
  })
})

describe('the JSON Schema that joi emits', () => {
  const json = JSON.stringify(operationSchema['~standard'].jsonSchema.input({ target: 'draft-2020-12' }))
  test.each([
    ...['type', 'start_time', 'end_time', 'mode', 'overlay_type', 'content', 'position_x', 'position_y'],
    ...['font_size', 'font_color', 'language', 'watermark_path', 'position', 'opacity', 'margin'],
  ])('has the field %s', (field) => {
    expect(json).toContain(`"${field}":{`)
  })

  test('has the limits', () => {
    for (const limit of [
      '"maximum":43200',
      '"maximum":2000',
      '"minimum":0.1',
      '"maxLength":128',
      '"minimum":-8192',
    ]) {
      expect(json).toContain(limit)
    }
  })
})
