import type { FilterArg, FilterNode } from '../model/plan.js'
import type { LoudnessSetting } from './find-setting.js'

/**
 * The graph with its placeholders replaced by what was measured.
 * @throws Error when a measurement is missing, which is a fault of the workflow
 */
export function fillMeasured(
  graph: readonly FilterNode[],
  settings: ReadonlyMap<string, LoudnessSetting>,
): FilterNode[] {
  return graph.map((node) => ({
    ...node,
    args: Object.fromEntries(Object.entries(node.args).map(([name, arg]) => [name, fill(arg, settings)])),
  }))
}

function fill(arg: FilterArg, settings: ReadonlyMap<string, LoudnessSetting>): string | number {
  if (typeof arg !== 'object') return arg
  const setting = settings.get(arg.measured)
  if (!setting) throw new Error(`nothing was measured for ${arg.measured}`)
  return arg.value === 'gain' ? `${setting.gainDb.toFixed(3)}dB` : 10 ** (setting.ceilingDb / 20)
}
