import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ffmpeg } from '../scripts/platform/tools.mjs'

/** @import { FilterNode, Plan } from '../src/plan/model/plan.js' */

/**
 * The filters that draw the text of a plan's first overlay, with the pad that shows it.
 * @param {Plan} plan
 */
export function textFilters(plan) {
  const isMerge = (/** @type {FilterNode} */ { filter }) => filter === 'alphamerge'
  // Only some passes of a job in parts show the text.
  const pass = plan.passes.find(({ graph }) => graph.some(isMerge))
  const merged = pass?.graph.find(isMerge)
  const pad = merged?.outputs[0]
  if (!pass || !merged || pad === undefined) throw new Error('The plan draws no text.')
  return { pad, graph: feeding(pass.graph, merged), sideFiles: pass.sideFiles }
}

/**
 * A filter and all that lead to it, in the graph's order.
 * @param {readonly FilterNode[]} graph
 * @param {FilterNode} last
 */
function feeding(graph, last) {
  const wanted = new Set([last])
  let before
  do {
    before = wanted.size
    const pads = new Set([...wanted].flatMap(({ inputs }) => inputs))
    for (const node of graph) if (node.outputs.some((pad) => pads.has(pad))) wanted.add(node)
  } while (wanted.size > before)
  return graph.filter((node) => wanted.has(node))
}

/**
 * Draws the text as the platform does, into a PNG no larger than it has to be: an expert would draw it once, and lay
 * the small picture over.
 * @param {Plan} plan
 * @param {string} dataDir
 * @param {string} folder
 * @returns the picture, and where it belongs; both coordinates are even, as 4:2:0 needs it
 */
export async function drawText(plan, dataDir, folder) {
  const { serialiseGraph } = await import('#built/src/plan/graph/serialise-graph.js')
  const { graph, pad, sideFiles } = textFilters(plan)
  await mkdir(folder, { recursive: true })
  for (const { name, contents } of sideFiles) await writeFile(join(folder, name), contents)
  const options = { cwd: folder, env: { FONTCONFIG_FILE: join(dataDir, 'fontconfig/fonts.conf') } }
  const filters = ['-filter_complex', serialiseGraph(graph), '-map', `[${pad}]`]
  await ffmpeg([...filters, '-frames:v', '1', 'whole.png'], options)
  const measure = 'alphaextract,bbox,metadata=print:file=-'
  const box = parseBox(await ffmpeg(['-i', 'whole.png', '-vf', measure, '-f', 'null', '-'], options))
  const crop = `crop=${box.width}:${box.height}:${box.x}:${box.y}`
  await ffmpeg(['-i', 'whole.png', '-vf', crop, 'text.png'], options)
  return { file: join(folder, 'text.png'), x: box.x, y: box.y }
}

/**
 * From `lavfi.bbox.x1=…` lines, the smallest box with even corners around them.
 * @param {string} text
 */
export function parseBox(text) {
  const value = (/** @type {string} */ name) =>
    Number(new RegExp(`lavfi\\.bbox\\.${name}=(\\d+)`).exec(text)?.[1])
  const [x, y] = [evenBelow(value('x1')), evenBelow(value('y1'))]
  const [width, height] = [evenAbove(value('x2') + 1 - x), evenAbove(value('y2') + 1 - y)]
  if ([x, y, width, height].some(Number.isNaN)) throw new Error('The text cannot be seen.')
  return { x, y, width, height }
}

/** @param {number} value */
function evenBelow(value) {
  return value - (value % 2)
}

/** @param {number} value */
function evenAbove(value) {
  return value + (value % 2)
}
