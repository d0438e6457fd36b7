import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { serialiseGraph } from '../../../src/plan/graph/serialise-graph.js'
import type { FilterNode } from '../../../src/plan/model/plan.js'
import { ffmpeg } from '../../support/lavfi.js'

function node(filter: string, args: FilterNode['args'], inputs: string[], outputs: string[]): FilterNode {
  return { filter, args, inputs, outputs }
}

const SPECIAL = `\\':,;[]=%{}"#@ ax`

describe('a graph as text', () => {
  test('has pads, options and separators', () => {
    const graph = [
      node('scale', { w: 640, h: 360 }, ['0:v'], ['p0']),
      node('hflip', {}, ['p0'], ['p1']),
      node('overlay', { x: -1.5, enable: 'gte(t,1)' }, ['p1', '1:0'], ['p2']),
    ]
    expect(serialiseGraph(graph)).toBe(
      '[0:v]scale=w=640:h=360[p0];[p0]hflip[p1];[p1][1:0]overlay=x=-1.5:enable=gte(t\\,1)[p2]',
    )
  })
})

/** What a filter of a real ffmpeg received for each value. */
async function received(values: readonly string[]): Promise<string[]> {
  const tags = values.map((value, index) =>
    node('metadata', { mode: 'add', key: `k${index}`, value }, [`p${index}`], [`p${index + 1}`]),
  )
  const graph = [
    node('color', { size: '16x16', duration: 0.04 }, [], ['p0']),
    ...tags,
    node('metadata', { mode: 'print', file: 'pipe:1' }, [`p${values.length}`], ['out']),
  ]
  const printed = await ffmpeg('-filter_complex', serialiseGraph(graph), '-map', '[out]', '-f', 'null', '-')
  const lines = printed.toString('utf8').split('\n')
  return values.map((_, index) => lines.find((line) => line.startsWith(`k${index}=`)) ?? '').map(valueOf)
}

function valueOf(line: string): string {
  return line.slice(line.indexOf('=') + 1)
}

describe('a value reaches its filter unchanged', () => {
  test.each([
    ['quotes and colons', `it's 10:30 "now"`],
    ['backslashes', 'a\\b\\\\c\\'],
    ['separators of filters', 'a,b;c[d]e=f'],
    ['a quote at the end', "x'"],
    ['escapes of its own', "\\'\\:\\,\\[\\]"],
    ['letters of any script', 'नमस्ते 😀 ß'],
    ['percent signs and braces', '%{n} ${x} {y}'],
    ['spaces at both ends', '  a b  '],
    ['hashes and at signs', '#@!~`|&<>*?()'],
  ])('with %s', async (_, value) => {
    expect(await received([value])).toEqual([value])
  })

  test('whatever characters are in it', async () => {
    const special = fc.constantFrom(...SPECIAL.split(''))
    const values = fc.sample(fc.string({ unit: special, minLength: 1, maxLength: 24 }), {
      numRuns: 150,
      seed: 7,
    })
    expect(await received(values)).toEqual(values)
  })
})
