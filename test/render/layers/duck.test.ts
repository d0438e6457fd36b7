import { expect, test } from 'vitest'
import { GraphBuilder } from '../../../src/plan/graph/graph-builder.js'
import { serialiseGraph } from '../../../src/plan/graph/serialise-graph.js'
import { duck } from '../../../src/plan/layers/duck.js'
import { FFMPEG, lavfi, run } from '../../support/lavfi.js'
import { useStudio } from '../../support/render.js'

const studio = useStudio()
const TIMELINE = { frameCount: 50, frameRate: { num: 25, den: 1 } }

test.each([
  ['sound that is lowered', ['2', '100']],
  ['sound that lowers it', ['100', '2']],
])('a slow reading of the %s loses nothing', async (_, paces) => {
  const files = [
    await studio.make('bed.wav', ...lavfi('sine=f=500:r=48000:d=2')),
    await studio.make('voice.wav', ...lavfi('sine=f=2000:r=48000:d=2')),
  ]
  const graph = new GraphBuilder()
  const ducking = { lower: 'material', amount_db: 12, attack: 0.05, release: 0.5 } as const
  const pad = duck(graph, ['0:0', '1:0'], ducking, TIMELINE)
  const samples = await run(FFMPEG, [
    ...['-v', 'error', ...files.flatMap((file, index) => ['-readrate', paces[index] ?? '1', '-i', file])],
    ...['-filter_complex', serialiseGraph(graph.nodes), '-map', `[${pad}]`],
    ...['-ac', '1', '-f', 's16le', 'pipe:1'],
  ])
  const bed = Array.from({ length: samples.length / 2 }, (_value, index) => samples.readInt16LE(2 * index))
  expect(bed).toHaveLength(2 * 48_000)
  expect(Math.max(...bed.slice(-4800))).toBeGreaterThan(500)
})
