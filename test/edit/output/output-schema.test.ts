import { expect, test } from 'vitest'
import { NO_EXTRAS } from '../../../src/edit/output/extras.js'
import { outputSchema } from '../../../src/edit/output/output-schema.js'
import { QUALITY_NAMES } from '../../../src/edit/output/qualities.js'
import { resolveOutput } from '../../../src/edit/output/resolve-output.js'
import { problems } from '../../support/schema-problems.js'

test('an output without renditions has one, at the edited size', () => {
  expect(problems(outputSchema, {})).toEqual([])
  const { renditions, container, extras, ladder } = resolveOutput({})
  expect(renditions.map(({ name, quality, width }) => [name, quality, width])).toEqual([
    ['edited', null, null],
  ])
  expect(ladder).toBeNull()
  expect({ container, extras }).toEqual({ container: 'mp4', extras: NO_EXTRAS })
})

test('qualities are known names, at least one, and none twice', () => {
  expect(problems(outputSchema, { qualities: [...QUALITY_NAMES] })).toEqual([])
  expect(problems(outputSchema, null)).toEqual([])
  expect(problems(outputSchema, { qualities: [] })).toEqual(['qualities'])
  expect(problems(outputSchema, { qualities: ['720p', '720p'] })).toEqual(['qualities.1'])
  expect(problems(outputSchema, { qualities: ['720p', '900p', '1080P'] })).toEqual([
    'qualities.1',
    'qualities.2',
  ])
})
