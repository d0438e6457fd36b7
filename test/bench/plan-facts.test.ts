import { expect, test } from 'vitest'
import { chunkJoins, copiedFrames } from '../../bench/plan-facts.mjs'
import { textFilters } from '../../bench/text-picture.mjs'
import { NO_EXTRAS } from '../../src/edit/output/extras.js'
import { compileEdit } from '../../src/plan/compile.js'
import { serialiseGraph } from '../../src/plan/graph/serialise-graph.js'
import type { Plan } from '../../src/plan/model/plan.js'
import type { Spreading } from '../../src/plan/model/spreading.js'
import { textOverlay } from '../support/overlays.js'
import { AUDIO, mediaFacts, videoFacts } from '../support/plan-facts.js'

const FRAMES = 3000

/** Two minutes with a title, in two qualities, for that many slots. */
function compile(slots: number): Plan {
  const video = videoFacts({ frameCount: FRAMES, durationSec: 120, width: 1920, height: 1080 })
  const facts = mediaFacts({ video, audio: [{ ...AUDIO, durationSec: 120 }], durationSec: 120 })
  const edit = {
    operations: [textOverlay({ content: 'Title', end_time: 5 })],
    output: { ...NO_EXTRAS, qualities: ['720p', '480p'] as const },
  }
  const source = { key: 'uploads/video.mp4', facts }
  const sources = { video: source, assets: new Map(), videos: new Map() }
  const chunks = { kind: 'chunks', slots, threadsPerSlot: 1, partPrefix: 'parts/job/' } as const
  const spreading: Spreading = slots > 0 ? chunks : { kind: 'whole' }
  const compilation = compileEdit(edit, sources, { outputPrefix: 'processed/job/', spreading })
  if (!compilation.ok) throw new Error(JSON.stringify(compilation.issues))
  return compilation.plan
}

test('joins are the first frames of all parts but the first, the same for every quality that is cut alike', () => {
  const joins = chunkJoins(compile(4), '720p')
  expect(joins.length).toBeGreaterThan(2)
  expect(joins).toEqual([...joins].sort((a, b) => a - b))
  expect(joins.every((join) => join > 0 && join < FRAMES && join % 50 === 0)).toBe(true)
  expect(chunkJoins(compile(0), '720p')).toEqual([])
})

test('what was encoded, in one piece or in parts, was not copied; frames that no pass makes were', () => {
  const chunked = compile(4)
  expect(copiedFrames(compile(0), '480p', FRAMES)).toBe(0)
  expect(copiedFrames(chunked, '480p', FRAMES)).toBe(0)
  const [first, ...others] = chunked.passes.filter(({ kind }) => kind !== 'encodeAudio')
  const firstFrames = first?.encodes[0].expected.picture?.frameCount ?? 0
  expect(copiedFrames({ ...chunked, passes: others }, '480p', FRAMES)).toBe(firstFrames)
})

test('the filters that set a text stand alone, with the files that they read', () => {
  const { graph, pad, sideFiles } = textFilters(compile(4))
  const made = new Set(graph.flatMap(({ outputs }) => outputs))
  expect(graph.flatMap(({ inputs }) => inputs).every((input) => made.has(input))).toBe(true)
  expect(serialiseGraph(graph)).toMatch(new RegExp(`alphamerge\\[${pad}\\]$`))
  expect(sideFiles.some(({ contents }) => contents.includes('Title'))).toBe(true)
})
