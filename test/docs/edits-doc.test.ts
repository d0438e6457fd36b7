import { readFile } from 'node:fs/promises'
import Joi from 'joi'
import { expect, test } from 'vitest'
import { shownImageSchema } from '../../src/edit/fields/shown-image.js'
import { operationSchema } from '../../src/edit/operation-schemas.js'
import { outputSchema } from '../../src/edit/output/output-schema.js'
import { ffprobe } from '../support/lavfi.js'
import { editsPage, operationTypes } from './edits-page.js'
import { EXAMPLES, OUTPUT_EXAMPLE, PRESET_EXAMPLES, SLIDE_SHOW, TRACKS_EXAMPLE } from './examples.js'

const types = Object.keys(EXAMPLES)

test('docs/edits.md matches the schemas; if not, run "npm run docs:edits"', async () => {
  // `npm run docs:edits` writes it.
  if (process.env.CUTROOM_DOCS === 'write')
    return expect(editsPage()).resolves.toMatchFileSnapshot('../../docs/edits.md')
  expect(await readFile('docs/edits.md', 'utf8')).toBe(await editsPage())
})

test('docs/edits.md has every operation, with examples that the API accepts', () => {
  expect(types.toSorted()).toEqual(operationTypes().toSorted())
  for (const { operation } of Object.values(EXAMPLES))
    Joi.attempt(operation, operationSchema, { convert: false })
  for (const operation of SLIDE_SHOW.operations) Joi.attempt(operation, operationSchema, { convert: false })
  Joi.attempt(SLIDE_SHOW.image, shownImageSchema, { convert: false })
  for (const operation of PRESET_EXAMPLES) Joi.attempt(operation, operationSchema, { convert: false })
  Joi.attempt(OUTPUT_EXAMPLE, outputSchema, { convert: false })
  Joi.attempt(TRACKS_EXAMPLE, outputSchema, { convert: false })
})

test('README.md names every operation', async () => {
  const [, sentence = ''] =
    /^Operations apply in order: ([^.]*)\./m.exec(await readFile('README.md', 'utf8')) ?? []
  const named = [...sentence.matchAll(/`(\w+)`/g)].map(([, type]) => type)
  expect(named.toSorted()).toEqual(types.toSorted())
})

test.each([...types, 'subtitles-presets'])(
  'docs/pictures/%s.jpg is 480 pixels wide and has at most 30 KB',
  async (type) => {
    const file = `docs/pictures/${type}.jpg`
    expect((await readFile(file)).length).toBeLessThanOrEqual(30_000)
    expect(await ffprobe('-show_entries', 'stream=codec_name,width', '-of', 'csv=p=0', file)).toBe(
      'mjpeg,480\n',
    )
  },
)
