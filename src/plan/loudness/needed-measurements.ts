import type { FilterNode, Measurement, MeasurementDraft, Pass } from '../model/plan.js'

/**
 * The measurements that the passes wait for: not those of sound that a later operation has removed. All
 * renditions have the same sound.
 */
export function neededMeasurements(
  drafts: readonly MeasurementDraft[],
  passes: readonly Pass[],
): Measurement[] {
  const first = passes.find(({ encodes: [encode] }) => encode.audio !== null)
  const encode = first?.encodes[0]
  if (!first || !encode?.audio) return []
  const coding = { audio: encode.audio.coding, container: encode.container }
  const names = measuredNames(first.graph)
  return drafts.filter(({ name }) => names.has(name)).map((draft) => ({ ...draft, coding }))
}

/** Names of the measurements that a graph needs. */
export function measuredNames(graph: readonly FilterNode[]): Set<string> {
  const args = graph.flatMap((node) => Object.values(node.args))
  return new Set(args.flatMap((arg) => (typeof arg === 'object' ? arg.measured : [])))
}
