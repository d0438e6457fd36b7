import type { ColourMap, ColourTable } from '../model/colour-map.js'
import type { SoundLayout } from '../model/encode.js'
import type { FilterNode, FontFolder, PassInput, SideFile } from '../model/plan.js'
import type { FilterName } from './filters.js'

type Args = FilterNode['args']

/** A filter with one input and one output, for a chain; `lut3d` with what its table holds. */
export type FilterCall = readonly [filter: FilterName, args: Args, map?: ColourMap]

/** Collects the inputs, nodes and side files of one pass and names the pads between them. */
export class GraphBuilder {
  readonly inputs: PassInput[] = []
  readonly nodes: FilterNode[] = []
  readonly sideFiles: SideFile[] = []
  readonly fonts: FontFolder[] = []
  readonly colourTables: ColourTable[] = []
  #padCount = 0

  /** The channels of all sound in the graph. */
  readonly layout: SoundLayout

  constructor(layout: SoundLayout = 'stereo') {
    this.layout = layout
  }

  /** Returns the input's index, for pads such as `0:3`. */
  addInput(input: PassInput): number {
    return this.inputs.push(input) - 1
  }

  /** Returns the name of the file in the work folder. */
  addSideFile(extension: string, contents: string): string {
    const name = `side-${this.sideFiles.length}.${extension}`
    this.sideFiles.push({ name, contents })
    return name
  }

  /** Returns the name of the folder in the work folder that holds this font and no other. */
  addFont(key: string): string {
    const known = this.fonts.find((font) => font.key === key)
    if (known) return known.folder
    const folder = `font-${this.fonts.length}`
    this.fonts.push({ folder, key })
    return folder
  }

  /** Returns the name of the table in the work folder. */
  #addTable(map: ColourMap): string {
    const known = this.colourTables.find((table) => JSON.stringify(table.map) === JSON.stringify(map))
    if (known) return known.name
    const name = `colours-${this.colourTables.length}.cube`
    this.colourTables.push({ name, map })
    return name
  }

  /** Adds a filter with one output; returns that output's pad. */
  add(filter: FilterName, args: Args, ...inputs: readonly string[]): string {
    const output = `p${this.#padCount++}`
    this.nodes.push({ filter, args, inputs, outputs: [output] })
    return output
  }

  /** Makes two picture pads of one, for two uses of the same frames. */
  split(input: string): readonly [string, string] {
    const outputs = [`p${this.#padCount++}`, `p${this.#padCount++}`] as const
    this.nodes.push({ filter: 'split', args: {}, inputs: [input], outputs })
    return outputs
  }

  /** Makes several picture pads of one. */
  splitPicture(input: string, count: number): readonly string[] {
    return this.#splitMany('split', input, count)
  }

  /** Makes several sound pads of one. */
  splitSound(input: string, count: number): readonly string[] {
    return this.#splitMany('asplit', input, count)
  }

  #splitMany(filter: 'split' | 'asplit', input: string, count: number): readonly string[] {
    const outputs = Array.from({ length: count }, () => `p${this.#padCount++}`)
    this.nodes.push({ filter, args: { outputs: count }, inputs: [input], outputs })
    return outputs
  }

  /** The nodes that lead to these pads: what a later operation has removed is not computed. */
  leadingTo(pads: readonly string[]): FilterNode[] {
    return nodesLeadingTo(this.nodes, pads)
  }

  /** Adds filters one after another. */
  chain(input: string, filters: readonly FilterCall[]): string {
    return filters.reduce(
      (pad, [filter, args, map]) =>
        this.add(filter, map ? { file: this.#addTable(map), ...args } : args, pad),
      input,
    )
  }
}

/** Those of the nodes that lead to the pads, in their order. */
export function nodesLeadingTo(all: readonly FilterNode[], pads: readonly string[]): FilterNode[] {
  const wanted = new Set(pads)
  const nodes = [...all].reverse().filter(({ inputs, outputs }) => {
    const isUsed = outputs.some((pad) => wanted.has(pad))
    if (isUsed) for (const pad of inputs) wanted.add(pad)
    return isUsed
  })
  return nodes.reverse()
}
