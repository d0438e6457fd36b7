import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Operation } from '../../../src/edit/operation.js'
import type { ConcatOperation } from '../../../src/edit/operations/concat.js'
import { NO_EXTRAS } from '../../../src/edit/output/extras.js'
import { compileEdit } from '../../../src/plan/compile.js'
import type { FilterNode } from '../../../src/plan/model/plan.js'
import { imageOverlay, textOverlay } from '../../support/overlays.js'
import { mediaFacts, sourcesOf, TRIM, videoFacts, WORLD } from '../../support/plan-facts.js'

const PAD = { type: 'pad', width: 4096, height: 2304, color: 'red' } as const

function concat(fields: Pick<ConcatOperation, 'transition' | 'position'>): ConcatOperation {
  const videos = [{ video_id: 'other', start_time: 0, end_time: null }]
  return { type: 'concat', videos, transition_duration: 1, fit: 'pad', color: 'black', ...fields }
}

/** Operations that set times, that need a frame rate, and that stand between those. */
const OPERATIONS: readonly Operation[] = [
  TRIM,
  {
    ...{ type: 'trim', mode: 'exact' },
    segments: [
      { start_time: 4, end_time: 9 },
      { start_time: 0, end_time: 3 },
    ],
  },
  { type: 'trim', mode: 'exact', remove: [{ start_time: 2, end_time: 3 }] },
  { type: 'speed', factor: 0.4 },
  { type: 'speed', factor: 3 },
  { type: 'speed', factor: 0.5, start_time: 1, end_time: 2 },
  { ...PAD, background: 'color' },
  { ...PAD, background: 'blur' },
  imageOverlay({ end_time: 1 }),
  textOverlay(),
  concat({ transition: 'none', position: 'after' }),
  concat({ transition: 'crossfade', position: 'before' }),
]

const CHUNKS = { kind: 'chunks', slots: 4, threadsPerSlot: 1, partPrefix: 'parts/' } as const

test('the frame rate of pictures is known wherever a filter needs it', () => {
  const edits = fc.array(fc.constantFrom(...OPERATIONS), { minLength: 1, maxLength: 4 })
  const rates = fc.constantFrom(undefined, 12, 50)
  const spreadings = fc.constantFrom({ kind: 'whole' } as const, CHUNKS)
  const video = videoFacts({ frameRate: { num: 30, den: 1 } })
  const sources = sourcesOf({ ...WORLD, videos: { other: mediaFacts({ video }) } })
  const needing = new Set<string>()
  fc.assert(
    fc.property(edits, rates, spreadings, (operations, rate, spreading) => {
      const rendition = rate === undefined ? { name: 'one' } : { name: 'one', frame_rate: rate }
      const output = { ...NO_EXTRAS, renditions: [rendition] }
      const options = { outputPrefix: 'processed/', spreading }
      const compilation = compileEdit({ operations, output }, sources, options)
      fc.pre(compilation.ok)
      for (const { graph } of compilation.plan.passes) {
        const found = graph.filter(({ filter }) => NEEDING_RATE.includes(filter))
        for (const { filter } of found) needing.add(filter)
        expect(found.filter(({ inputs }) => inputs.some((pad) => !knowsRate(graph, pad)))).toEqual([])
      }
    }),
    { numRuns: 300 },
  )
  expect([...needing].sort()).toEqual(NEEDING_RATE)
})

const NEEDING_RATE = ['tpad', 'xfade']

/** Whether ffmpeg 7.0 knows the frame rate of a pad: `setpts` takes it away, `fps` states it. */
function knowsRate(graph: readonly FilterNode[], pad: string): boolean {
  const node = graph.find(({ outputs }) => outputs.includes(pad))
  const [first] = node?.inputs ?? []
  if (!node || first === undefined || node.filter === 'fps') return true
  return node.filter !== 'setpts' && knowsRate(graph, first)
}
