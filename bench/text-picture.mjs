import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ffmpeg } from '../scripts/platform/tools.mjs'

/**
 * The filters that set the text of a plan's first overlay, with the pad that shows it.
 * @param {import('../src/plan/model/plan.js').Plan} plan
 */
export function textFilters(plan) {
  const isMerge = ({ filter }) => filter === 'alphamerge'
  // Of a job in parts, only some show the text.
  const pass = plan.passes.find(({ graph }) => graph.some(isMerge))
  const merged = pass?.graph.find(isMerge)
  if (!merged) throw new Error('The plan sets no text.')
  return { pad: merged.outputs[0], graph: feeding(pass.graph, merged), sideFiles: pass.sideFiles }
}

/**
 * A filter and all that lead to it, in the graph's order.
 * @param {readonly import('../src/plan/model/plan.js').FilterNode[]} graph
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
 * The text that the platform has set, as a PNG no larger than it has to be: an expert would draw it once, and
 * lay the small picture over. Returns where it belongs; both are even, as 4:2:0 wants it.
 */
export async function drawText(plan, dataDir, folder) {
  const { serialiseGraph } = await import('../dist/src/plan/graph/serialise-graph.js')
  const { graph, pad, sideFiles } = textFilters(plan)
  await mkdir(folder, { recursive: true })
  for (const { name, contents } of sideFiles) await writeFile(join(folder, name), contents)
  const options = { cwd: folder, env: { FONTCONFIG_FILE: join(dataDir, 'fontconfig/fonts.conf') } }
  const filters = ['-filter_complex', serialiseGraph(graph), '-map', `[${pad}]`]
  await ffmpeg([...filters, '-frames:v', '1', 'whole.png'], options)
  const box = parseBox(
    await ffmpeg(
      ['-i', 'whole.png', '-vf', 'alphaextract,bbox,metadata=print:file=-', '-f', 'null', '-'],
      options,
    ),
  )
  const crop = `crop=${box.width}:${box.height}:${box.x}:${box.y}`
  await ffmpeg(['-i', 'whole.png', '-vf', crop, 'text.png'], options)
  return { file: join(folder, 'text.png'), x: box.x, y: box.y }
}

/** From `lavfi.bbox.x1=…` lines, the least box with even corners that holds it. */
export function parseBox(text) {
  const value = (name) => Number(new RegExp(`lavfi\\.bbox\\.${name}=(\\d+)`).exec(text)?.[1])
  const [x, y] = [value('x1'), value('y1')].map((corner) => corner - (corner % 2))
  const [width, height] = [value('x2') + 1 - x, value('y2') + 1 - y].map((side) => side + (side % 2))
  if ([x, y, width, height].some(Number.isNaN)) throw new Error('The text cannot be seen.')
  return { x, y, width, height }
}
