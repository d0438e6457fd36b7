import { measureTrees, summarise } from '../measure.mjs'
import { round } from '../statistics.mjs'
import { compositeEdit } from './composite-edit.mjs'

/**
 * @import { Found, StudioBench } from '../types.d.ts'
 */

const WARM_UPS = 3

/**
 * Measures pictures of the composite edit at moments all over it, each at another one, so that none is kept from before.
 * @param {StudioBench} bench
 * @returns {Promise<Found>}
 */
export async function measurePreviews({ studio, sizes, clips, print }) {
  const { previews, composite } = sizes
  const video = await studio.upload(await clips.clip('source', sizes.source))
  const edit = compositeEdit(video, { ...composite, qualities: composite.qualities.slice(0, 1) })
  const { start, end } = composite.trim
  const usages = []
  for (let run = 1 - WARM_UPS; run <= previews; run += 1) {
    const at = round(((end - start) * (run + WARM_UPS - 0.5)) / (previews + WARM_UPS), 3)
    const { usage } = await measureTrees([studio.pid], () => preview(studio.apiUrl, { edit, at }))
    if (run >= 1) usages.push(usage)
  }
  await studio.client.deleteVideo(video.id)
  const title = `Preview of the composite edit (median of ${previews})`
  const row = { id: 'preview', title, ...summarise(usages) }
  print(`  preview  ${row.wall_s} s`)
  return { rows: [row], checks: [] }
}

/**
 * @param {string} apiUrl
 * @param {object} body
 */
async function preview(apiUrl, body) {
  const response = await fetch(`${apiUrl}/api/v1/edits/preview`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const { byteLength } = await response.arrayBuffer()
  if (!response.ok || byteLength === 0) throw new Error(`The preview was refused with ${response.status}.`)
}
