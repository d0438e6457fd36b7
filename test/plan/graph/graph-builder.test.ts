import { expect, test } from 'vitest'
import { GraphBuilder } from '../../../src/plan/graph/graph-builder.js'

const TO = { primaries: 'bt709', transfer: 'bt709' }
const P3 = { from: { primaries: 'smpte432', transfer: 'bt709' }, to: TO }
const WIDE = { from: { primaries: 'bt2020', transfer: 'bt709' }, to: TO }

test('equal colour maps share a table, which the filter names', () => {
  const graph = new GraphBuilder()
  for (const map of [P3, WIDE, structuredClone(P3)]) {
    graph.chain('0:0', [['lut3d', { interp: 'tetrahedral' }, map]])
  }
  expect(graph.colourTables).toEqual([
    { name: 'colours-0.cube', map: P3 },
    { name: 'colours-1.cube', map: WIDE },
  ])
  expect(graph.nodes.map(({ args }) => args['file'])).toEqual([
    'colours-0.cube',
    'colours-1.cube',
    'colours-0.cube',
  ])
})
