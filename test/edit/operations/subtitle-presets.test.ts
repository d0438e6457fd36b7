import Joi from 'joi'
import { expect, test } from 'vitest'
import type { Operation } from '../../../src/edit/operation.js'
import { operationSchema } from '../../../src/edit/operation-schemas.js'
import { SUBTITLE_PRESETS } from '../../../src/edit/operations/subtitle-presets.js'
import { problems } from '../../support/schema-problems.js'

function read(fields: object): Record<string, unknown> {
  const written = { type: 'subtitles', subtitles: 'film.srt', ...fields }
  const schema = operationSchema as Joi.AlternativesSchema<Operation>
  return { ...Joi.attempt(written, schema, { convert: false }) }
}

test('without a preset subtitles look as they always did', () => {
  const { preset, ...plain } = read({})
  const { preset: chosen, ...classic } = read({ preset: 'classic' })
  expect([preset, chosen]).toEqual([null, 'classic'])
  expect(classic).toEqual(plain)
  expect(read({ preset: null })).toEqual(read({}))
})

test('a preset sets what the edit leaves out', () => {
  expect(read({ preset: 'box' })).toMatchObject({
    box_color: '#000000b3',
    outline_width: 0,
    position: 'bottom',
  })
  expect(read({ preset: 'spoken-word' })).toMatchObject({
    bold: true,
    highlight_color: '#ffd400',
    max_words: null,
  })
  expect(read({ preset: 'bold-center' })).toMatchObject({
    ...{ bold: true, font_scale: 2, position: 'center', max_words: 3, max_chars: 18, upper_case: false },
    highlight_color: '#ffd400',
  })
})

test.each(SUBTITLE_PRESETS)('every field of "%s" can be given besides', (preset) => {
  const own = {
    ...{ font_scale: 1.5, highlight_color: null, bold: false, outline_width: 3, box_color: null },
    ...{ position: 'top', max_words: null, max_chars: 40, upper_case: true, font_color: 'red', margin: 7 },
    ...{ font_size: 30, outline_color: 'blue', emoji: 'mono' },
  }
  expect(read({ preset, ...own })).toMatchObject({ preset, ...own })
})

test.each([
  [{ preset: 'disco' }, 'preset'],
  [{ preset: {} }, 'preset'],
  [{ preset: ['box'] }, 'preset'],
  [{ font_scale: 0 }, 'font_scale'],
  [{ font_scale: 7 }, 'font_scale'],
  [{ max_words: 0 }, 'max_words'],
  [{ max_words: 1.5 }, 'max_words'],
  [{ max_chars: 501 }, 'max_chars'],
  [{ upper_case: 'yes' }, 'upper_case'],
  [{ position: 'left' }, 'position'],
])('%j is refused', (fields, where) => {
  expect(problems(operationSchema, { type: 'subtitles', subtitles: 'film.srt', ...fields })).toEqual([where])
})
