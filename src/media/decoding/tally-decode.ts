import type { DecodeTally } from '../../jobs/decode-tally.js'
import type { PassWork } from '../../plan/model/plan.js'
import type { DecodeReport } from './decode-report.js'

/** Sums up the decoding of a pass: streams by the storage key of their source. */
export function tallyDecode(
  { streams, complaints, repeats, hasChanges, hasFormChanges }: DecodeReport,
  { graph, inputs }: Pick<PassWork, 'graph' | 'inputs'>,
): DecodeTally {
  return {
    streams: streams.map(({ input, ...counts }) => {
      const repeated = repeats.get(gridderOf(graph, `${input}:${counts.stream}`)) ?? 0
      return { ...counts, key: inputs[input]?.key ?? '', repeated }
    }),
    complaints,
    hasChanges,
    hasFormChanges,
  }
}

/** The number of the filter that puts the frames of a pad on a grid, behind those that set their times; -1: none. */
function gridderOf(graph: PassWork['graph'], pad: string): number {
  const index = graph.findIndex(({ inputs }) => inputs[0] === pad)
  const [node, next] = [graph[index], graph[index]?.outputs[0]]
  if (!node || next === undefined || node.filter === 'fps') return node ? index : -1
  return gridderOf(graph, next)
}
