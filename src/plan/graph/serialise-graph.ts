import type { FilterArg, FilterNode } from '../model/plan.js'
import { formatNumber } from './format-number.js'

/**
 * The only place where filters become text: `[in]name=key=value:key=value[out];…`. A value is escaped twice,
 * for the filter's own option parser and for the graph parser around it
 * (https://ffmpeg.org/ffmpeg-filters.html#Notes-on-filtergraph-escaping). Blanks are escaped, too: those at the
 * ends of a value would be dropped.
 */
export function serialiseGraph(nodes: readonly FilterNode[]): string {
  return nodes.map(serialiseNode).join(';')
}

/** Filters one after another, without names for what is between them. */
export function serialiseChain(calls: readonly Pick<FilterNode, 'filter' | 'args'>[]): string {
  return calls.map(serialiseCall).join(',')
}

function serialiseNode(node: FilterNode): string {
  return `${pads(node.inputs)}${serialiseCall(node)}${pads(node.outputs)}`
}

function serialiseCall({ filter, args }: Pick<FilterNode, 'filter' | 'args'>): string {
  const options = Object.entries(args).map(([key, value]) => `${key}=${serialiseValue(value)}`)
  return options.length === 0 ? filter : `${filter}=${options.join(':')}`
}

function pads(names: readonly string[]): string {
  return names.map((name) => `[${name}]`).join('')
}

function serialiseValue(value: FilterArg): string {
  const text = toText(value)
  const forOption = text.replace(/[\\':\s]/g, String.raw`\$&`)
  return forOption.replace(/[\\'[\],;\s]/g, String.raw`\$&`)
}

/** A value that has not been measured yet is shown as a placeholder, in dry runs. */
function toText(value: FilterArg): string {
  if (typeof value === 'object') return `{${value.measured}.${value.value}}`
  return typeof value === 'number' ? formatNumber(value) : value
}
