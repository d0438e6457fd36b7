import type { DecodeTally } from '../../jobs/decode-tally.js'
import type { PassWork } from '../../plan/model/plan.js'
import type { DecodeReport } from './decode-report.js'

/** Sums up the decoding of a pass: streams by the storage key of their source. */
export function tallyDecode(
  { streams, complaints, repeats, hasChanges }: DecodeReport,
  { graph, inputs }: Pick<PassWork, 'graph' | 'inputs'>,
): DecodeTally {
  return {
    streams: streams.map(({ input, ...counts }) => {
      const gridder = graph.findIndex(
        (node) => node.filter === 'fps' && node.inputs[0] === `${input}:${counts.stream}`,
      )
      return { ...counts, key: inputs[input]?.key ?? '', repeated: repeats.get(gridder) ?? 0 }
    }),
    complaints,
    hasChanges,
  }
}
