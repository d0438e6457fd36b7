import { instance } from '@viz-js/viz'

/** @import { Rooms } from './read-rooms.mjs' */

const HEAD = `digraph rooms {
  bgcolor = white
  ranksep = 0.6
  nodesep = 0.35
  node [shape = box, style = "rounded,filled", color = "#5b6b7f", fillcolor = "#f2f5f9", fontname = "Helvetica", fontsize = 13, margin = "0.18,0.1"]
  edge [color = "#5b6b7f", arrowsize = 0.7]`

/**
 * An SVG in which who imports stands above what it imports. A dashed arrow stands for types alone. The same rooms give
 * the same drawing, byte by byte.
 * @param {Rooms} rooms
 */
export async function draw({ names, edges }) {
  const lines = [
    HEAD,
    ...names.map((name) => `  "${name}"`),
    ...edges.map(
      ({ from, to, isTypeOnly }) => `  "${from}" -> "${to}"${isTypeOnly ? ' [style = dashed]' : ''}`,
    ),
    '}',
  ]
  const viz = await instance()
  return viz.renderString(lines.join('\n'), { format: 'svg' })
}
