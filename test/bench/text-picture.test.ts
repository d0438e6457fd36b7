import { expect, test } from 'vitest'
import { parseBox, textFilters } from '../../bench/text-picture.mjs'
import { serialiseGraph } from '../../src/plan/graph/serialise-graph.js'
import { compileTitled } from './titled-plan.js'

test('the box around a text has even corners and contains the text', () => {
  const box = 'lavfi.bbox.x1=41\nlavfi.bbox.x2=300\nlavfi.bbox.y1=48\nlavfi.bbox.y2=90\n'
  expect(parseBox(box)).toEqual({ x: 40, y: 48, width: 262, height: 44 })
  expect(() => parseBox('frame:0 pts:0')).toThrow('cannot be seen')
})

test('the filters that draw a text are found, with the files that they read', () => {
  const { graph, pad, sideFiles } = textFilters(compileTitled(4))
  const made = new Set(graph.flatMap(({ outputs }) => outputs))
  expect(graph.flatMap(({ inputs }) => inputs).every((input) => made.has(input))).toBe(true)
  expect(serialiseGraph(graph)).toMatch(new RegExp(`alphamerge\\[${pad}\\]$`))
  expect(sideFiles.some(({ contents }) => contents.includes('Title'))).toBe(true)
})
