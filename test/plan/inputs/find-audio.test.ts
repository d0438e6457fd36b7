import { expect, test } from 'vitest'
import { AUDIO, edited, mediaFacts, tryCompile } from '../../support/plan-facts.js'

const TWO_TRACKS = mediaFacts({ audio: [AUDIO, { ...AUDIO, index: 2, isDefault: false, language: 'hin' }] })

test.each([
  [{ track: 1 }, '0:2'],
  [{ language: 'hi' }, '0:2'],
  [null, '0:1'],
])('the track that %j asks for is heard', (audio, pad) => {
  const compilation = tryCompile({ ...edited(), audio }, { facts: TWO_TRACKS })
  const nodes = compilation.ok ? (compilation.plan.passes[0]?.graph ?? []) : []
  expect(nodes.flatMap(({ inputs }) => inputs)).toContain(pad)
})

test.each([
  [{ track: 2 }, '/audio/track'],
  [{ language: 'fr' }, '/audio/language'],
])('a missing track is a mistake: %j', (audio, pointer) => {
  expect(tryCompile({ ...edited(), audio }, { facts: TWO_TRACKS })).toMatchObject({
    ok: false,
    issues: [{ pointer }],
  })
})
