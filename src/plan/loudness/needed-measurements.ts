import type { FilterNode, Measurement, Pass } from '../plan.js'

/** A measurement before it is known how the sound will be coded. */
export type MeasurementDraft = Omit<Measurement, 'coding'>

/**
 * The measurements that the passes wait for: not those of sound that a later operation took away. All renditions
 * have the same sound.
 */
export function neededMeasurements(
  drafts: readonly MeasurementDraft[],
  passes: readonly Pass[],
): Measurement[] {
  const first = passes.find(({ encode }) => encode.audio !== null)
  if (!first?.encode.audio) return []
  const coding = { audio: first.encode.audio.coding, container: first.encode.container }
  const names = measuredNames(first.graph)
  return drafts.filter(({ name }) => names.has(name)).map((draft) => ({ ...draft, coding }))
}

function measuredNames(graph: readonly FilterNode[]): Set<string> {
  const args = graph.flatMap((node) => Object.values(node.args))
  return new Set(args.flatMap((arg) => (typeof arg === 'object' ? arg.measured : [])))
}
