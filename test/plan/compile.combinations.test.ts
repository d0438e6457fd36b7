import { expect, test } from 'vitest'
import { outputSchema } from '../../src/edit/output/output-schema.js'
import {
  allCombinations,
  isPossible,
  type Material,
  nameOf,
  requestOf,
} from '../support/outputs/combinations.js'
import { AUDIO, mediaFacts, tryCompile } from '../support/plan-facts.js'

const FACTS: Readonly<Record<Material, ReturnType<typeof mediaFacts>>> = {
  film: mediaFacts(),
  'silent film': mediaFacts({ audio: [] }),
  'sound alone': mediaFacts({ format: 'mp3', video: null, audio: [{ ...AUDIO, index: 0 }] }),
}

/** What a message says to do: which choice is taken, which field is in the way, or what the material lacks. */
const ADVICE = /choose |leave "|segments are made from |has no sound|has no picture/

test('every combination of formats is planned, or refused with a place and with what is taken', () => {
  const combinations = allCombinations()
  const wrong = combinations.flatMap((combination) => {
    const output = requestOf(combination)
    expect(outputSchema.validate(output).error).toBeUndefined()
    const compilation = tryCompile({ operations: [], output }, { facts: FACTS[combination.material] })
    if (compilation.ok !== isPossible(combination)) {
      return [`${nameOf(combination)}: ${compilation.ok ? 'planned' : JSON.stringify(compilation.issues)}`]
    }
    if (compilation.ok) return []
    const isExplained = compilation.issues.every(
      ({ pointer, message }) => /^\/(output|video_id)/.test(pointer) && ADVICE.test(message),
    )
    return isExplained ? [] : [`${nameOf(combination)}: ${JSON.stringify(compilation.issues)}`]
  })
  expect(wrong).toEqual([])
  expect(combinations.filter(isPossible).length).toBeGreaterThan(200)
})
