import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { INPUT_WARNINGS } from '../../../src/plan/model/plan.js'
import { AUDIO, edited, mediaFacts, tryCompile } from '../../support/plan-facts.js'

test('docs/inputs.md lists every trait of a source, and no other code', async () => {
  const text = await readFile('docs/inputs.md', 'utf8')
  const listed = [...text.matchAll(/\| `([a-z-]+)` \|$/gm)].map(([, code]) => code)
  expect(listed.sort()).toEqual([...INPUT_WARNINGS].sort())
})

const TWO_TRACKS = mediaFacts({ audio: [AUDIO, { ...AUDIO, index: 2, isDefault: false, language: 'hin' }] })

test.each([
  [{ track: 1 }, '0:2'],
  [{ language: 'hi' }, '0:2'],
  [null, '0:1'],
])('the track of %j is heard', (audio, pad) => {
  const compilation = tryCompile({ ...edited(), audio }, { facts: TWO_TRACKS })
  const nodes = compilation.ok ? (compilation.plan.passes[0]?.graph ?? []) : []
  expect(nodes.flatMap(({ inputs }) => inputs)).toContain(pad)
})

test.each([
  [{ track: 2 }, '/audio/track'],
  [{ language: 'fr' }, '/audio/language'],
])('a track that is not there is a mistake: %j', (audio, pointer) => {
  expect(tryCompile({ ...edited(), audio }, { facts: TWO_TRACKS })).toMatchObject({
    ok: false,
    issues: [{ pointer }],
  })
})
