import { describe, expect, test } from 'vitest'
import type { Edit } from '../../../src/edit/operation.js'
import { passArgv } from '../../../src/plan/argv/pass-argv.js'
import { compileEdit } from '../../../src/plan/compile.js'
import type { MediaFacts } from '../../../src/plan/model/facts.js'
import type { Plan } from '../../../src/plan/model/plan.js'
import { taskGraph } from '../../../src/plan/task-graph.js'
import { ladder, mediaFacts, videoFacts } from '../../support/plan-facts.js'

const SPREADING = { kind: 'chunks', slots: 2, threadsPerSlot: 1, partPrefix: 'parts/job/' } as const
const LONG = { durationSec: 30, frameCount: 750 } as const

function spread(
  edit: Edit,
  facts: MediaFacts = mediaFacts({ video: videoFacts(LONG), durationSec: 30 }),
): Plan {
  const sources = { video: { key: 'uploads/in.mp4', facts }, assets: new Map(), videos: new Map() }
  const compilation = compileEdit(edit, sources, { outputPrefix: 'processed/job/', spreading: SPREADING })
  if (!compilation.ok) throw new Error(JSON.stringify(compilation.issues))
  return compilation.plan
}

describe('a plan that is spread over slots', () => {
  const plan = spread(ladder('1080p', '720p'))
  const chunks = plan.passes.filter(({ kind }) => kind === 'transcode')

  const framesOf = (name: string) =>
    chunks
      .flatMap(({ encodes, outputNames }) => encodes[outputNames.indexOf(name)]?.expected.picture ?? [])
      .reduce((sum, { frameCount }) => sum + frameCount, 0)

  test('has chunks with all frames of each rendition, and the sound once', () => {
    expect(chunks.length).toBeGreaterThan(1)
    expect([framesOf('1080p'), framesOf('720p')]).toEqual([750, 750])
    for (const { encodes } of chunks) {
      expect(encodes.every(({ audio, isPart }) => audio === null && isPart)).toBe(true)
    }
    expect(plan.passes.filter(({ kind }) => kind === 'encodeAudio')).toHaveLength(1)
  })

  test('joins all parts to files under the names of the outputs', () => {
    expect(plan.assemblies.map(({ key }) => key)).toEqual([
      'processed/job/1080p.mp4',
      'processed/job/720p.mp4',
    ])
    expect(plan.outputs.map(({ passName }) => passName)).toEqual(['assemble-1080p', 'assemble-720p'])
    for (const { inputs, hasSound, outputNames } of plan.assemblies) {
      expect(hasSound).toBe(true)
      expect(inputs).toHaveLength(makersOf(outputNames[0] ?? '').length)
    }
  })

  const makersOf = (name: string) =>
    plan.passes.filter(({ outputNames }) => outputNames.includes(name)).map((pass) => pass.name)

  test('begins a join when its parts are done, and makes no task wait for what it does not need', () => {
    const needs = new Map(taskGraph(plan).map((task) => [task.name, [...task.needs].sort()]))
    for (const { name } of plan.passes) expect(needs.get(name)).toEqual([])
    expect(needs.get('assemble-1080p')).toEqual(makersOf('1080p').sort())
    expect(needs.get('assemble-720p')).toEqual(makersOf('720p').sort())
  })

  test('begins with the sound, which all joins wait for, then with the longest passes', () => {
    const [first, ...others] = taskGraph(plan).filter(({ kind }) => kind !== 'assemble')
    expect(first?.kind).toBe('encodeAudio')
    const costs = others.map(({ name }) => plan.passes.find((pass) => pass.name === name)?.cost ?? NaN)
    expect(costs).toEqual([...costs].sort((a, b) => b - a))
  })

  test('names its passes for people', () => {
    const count = new Set(chunks.map(({ name }) => name.split('-')[1])).size
    expect(chunks.map(({ summary }) => summary)).toContain(`chunk 1/${count} → 1080p, 720p`)
  })

  test('keeps each process to the threads of its slot', () => {
    const argv = chunks[0] ? passArgv(chunks[0], []) : []
    expect(argv.filter((token) => token === '-threads')).toHaveLength(1 + (chunks[0]?.encodes.length ?? 0))
    expect(argv.join(' ')).toContain('-filter_complex_threads 1')
  })

  test('leaves room in the cap for the bursts on either side of a join', () => {
    for (const chunk of chunks) {
      const argv = passArgv(chunk, [])
      const value = (option: string) =>
        argv.includes(option) ? Number(argv[argv.indexOf(option) + 1]) : null
      const cap = value('-maxrate') ?? NaN
      expect([5_000_000, 2_500_000]).toContain(cap)
      const start = value('-rc_init_occupancy')
      expect((value('-bufsize') ?? NaN) + (start ?? 0)).toBeLessThanOrEqual(2 * cap)
      expect(start === null).toBe(/^transcode-1(-|$)/.test(chunk.name))
    }
  })

  test('is the same for the same edit, and plain data', () => {
    expect(spread(ladder('1080p', '720p'))).toEqual(plan)
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan)
  })
})

test.each([
  [
    'whose frame rate varies',
    mediaFacts({ video: videoFacts({ ...LONG, isVariableRate: true }), durationSec: 30 }),
  ],
  ['in which ffmpeg cannot seek', mediaFacts({ video: videoFacts(LONG), durationSec: 30, format: 'mpegts' })],
  [
    'that is damaged',
    mediaFacts({
      video: videoFacts({ ...LONG, damage: { kind: 'gaps', foundSec: 20, statedSec: 30 } }),
      durationSec: 30,
    }),
  ],
])('a source %s is rendered in one piece', (_, facts) => {
  expect(spread(ladder('1080p'), facts).assemblies).toEqual([])
})

test('an edit that costs more than its encoding is cut for that', () => {
  const small = { ...videoFacts(LONG), width: 320, height: 180, codedWidth: 320, codedHeight: 180 }
  const facts = mediaFacts({ video: small, durationSec: 30 })
  const output = { renditions: [{ name: 'tiny', width: 64 }] }
  const part = { width: 100, height: null, x: null, y: null }
  const zoom = {
    type: 'zoom',
    from: null,
    to: part,
    easing: 'linear',
    start_time: 0,
    end_time: null,
  } as const
  expect(spread({ operations: [], output }, facts).assemblies).toHaveLength(0)
  expect(spread({ operations: [zoom], output }, facts).assemblies).toHaveLength(1)
})
